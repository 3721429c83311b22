package io.meltemi.connector.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a scripted cloud's place speaks without end, or a little now and then. */
class FloodTest {
  private final ServerSocket socket = socket();
  private final CountDownLatch over = new CountDownLatch(1);

  private static ServerSocket socket() {
    try {
      return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    socket.close();
  }

  private interface Speaking {
    void to(OutputStream out) throws IOException;
  }

  private void speak(Speaking speaking) {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket guest = socket.accept()) {
            speaking.to(guest.getOutputStream());
          } catch (SocketException e) {
            over.countDown(); // the guest has left
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Cloud cloud() {
    Address address = Address.parse("127.0.0.1:" + socket.getLocalPort());
    return new Caller(address, address::direct, Optional.empty()).as(Cloud.class);
  }

  @Test
  void aLineWithoutEndIsALostAnswer() {
    byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    speak(out -> {
      for (int megabyte = 0; megabyte < 1024; megabyte++) out.write(block);
    });
    ConnectorException failure =
        catchThrowableOfType(ConnectorException.class, () -> cloud().machines());
    assertThat(failure.fault()).isEqualTo(Fault.UNKNOWN);
    assertThat(failure.reason()).contains("a line longer than");
  }

  private ConnectorException failure(String answer) {
    speak(out -> out.write((answer + "\n").getBytes(StandardCharsets.UTF_8)));
    return catchThrowableOfType(ConnectorException.class, () -> cloud().machines());
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "[, ''", "'{\"a\":', '}'", "'{\"a\":', ''"})
  void levelsWithoutEndAreALostAnswer(String open, String close) {
    String deep = open.repeat(10_000) + "1" + close.repeat(10_000);
    ConnectorException failure = failure("{\"value\": " + deep + "}");
    assertThat(failure.fault()).isEqualTo(Fault.UNKNOWN);
    assertThat(failure.reason()).contains("nesting depth", String.valueOf(Texts.DEEPEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": {\"machines\": 1}}",
        "{\"value\": [{\"id\": [[[[[[1]]]]]]}]}",
        "{\"value\": \"web\"}"
      })
  void whatIsNoAnswerOfAScriptedCloudIsALostAnswerToo(String answer) {
    ConnectorException failure = failure(answer);
    assertThat(failure.fault()).isEqualTo(Fault.UNKNOWN);
    assertThat(failure.reason()).contains("does not answer as a scripted cloud does");
  }

  /** The account's gate interrupts a call whose time is over, whatever still comes. */
  @Test
  void whoIsNotWaitedForAnyMoreStopsListening() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    speak(out -> {
      while (true) {
        out.write(' ');
        out.flush();
        begun.countDown();
        Thread.onSpinWait();
      }
    });
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread call = Thread.ofVirtual().unstarted(() -> cloud().machines());
    call.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    call.start();
    begun.await();
    call.interrupt();
    assertThat(call.join(Duration.ofMinutes(1))).isTrue();
    assertThat(failure.get()).isInstanceOf(ConnectorException.class);
  }
}
