package io.meltemi.connector.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.Fault;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.connector.kit.Rig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a scripted connector and its cloud's socket and lets calls go wrong on request, as
 * the kit's proxy does where HTTP is spoken.
 */
final class SocketFaults implements Rig.Mishaps, AutoCloseable {
  private static final byte[] NOISE = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);

  private final InetSocketAddress cloud;
  private final ServerSocket socket;
  private final AtomicReference<Optional<Planned>> planned =
      new AtomicReference<>(Optional.empty());
  private final CountDownLatch closed = new CountDownLatch(1);

  private record Planned(String word, Mishap mishap) {}

  SocketFaults(InetSocketAddress cloud) throws IOException {
    this.cloud = cloud;
    socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void next(Rig.Call call, Mishap mishap) {
    planned.set(Optional.of(new Planned(ScriptedRig.word(call), mishap)));
  }

  @Override
  public boolean met() {
    return planned.get().isEmpty();
  }

  private void listen() {
    try {
      while (true) {
        Socket caller = socket.accept();
        Thread.startVirtualThread(() -> serve(caller));
      }
    } catch (SocketException e) {
      closed.countDown();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      String question = line(caller);
      meet(mishap(question), question, caller.getOutputStream());
    } catch (IOException e) {
      return; // the caller has left
    }
  }

  private Mishap mishap(String question) throws IOException {
    Optional<Planned> now = planned.get();
    boolean fits = now.isPresent() && isAbout(now.get().word(), Texts.JSON.readTree(question));
    return fits && planned.compareAndSet(now, Optional.empty())
        ? now.get().mishap()
        : new Mishap.None();
  }

  private static boolean isAbout(String word, JsonNode question) {
    String method = question.path("method").asText();
    return method.equals("change")
        ? question.path("arguments").path(0).path("call").asText().equals(word)
        : method.equals(word);
  }

  private void meet(Mishap mishap, String question, OutputStream out) throws IOException {
    switch (mishap) {
      case Mishap.None ignored -> out.write(bytes(ask(question)));
      case Mishap.Late late -> {
        pause(late.by());
        out.write(bytes(ask(question)));
      }
      case Mishap.Refused ignored ->
          out.write(
              bytes(
                  Texts.JSON.writeValueAsString(
                      Wire.Answer.of(Fault.TRANSIENT, "too busy", Optional.empty()))));
      case Mishap.LostBefore ignored -> {}
      case Mishap.LostAfter lost -> {
        pause(lost.carriedOutAfter());
        ask(question);
      }
      case Mishap.Truncated ignored -> {
        byte[] answer = bytes(ask(question));
        out.write(answer, 0, answer.length / 2);
      }
      case Mishap.Endless ignored -> {
        ask(question);
        while (closed.getCount() > 0) out.write(NOISE);
      }
      case Mishap.Dripping dripping -> {
        for (byte each : bytes(ask(question))) {
          out.write(each);
          pause(dripping.pause());
        }
      }
    }
  }

  private String ask(String question) throws IOException {
    try (Socket line = new Socket(cloud.getAddress(), cloud.getPort())) {
      line.getOutputStream().write(bytes(question));
      return line(line);
    }
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String line(Socket socket) throws IOException {
    var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
    String line = new BufferedReader(in).readLine();
    if (line == null) throw new IOException("nothing was said");
    return line;
  }

  private void pause(Duration time) throws IOException {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) throw new IOException("closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
