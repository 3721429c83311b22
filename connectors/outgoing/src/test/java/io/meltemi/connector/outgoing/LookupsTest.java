package io.meltemi.connector.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resolver whose servers are silent for one name. */
class LookupsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CountDownLatch silent = new CountDownLatch(1);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Lookups lookups = new Lookups(this::resolve, Duration.ofMillis(300));

  @AfterEach
  void speak() {
    silent.countDown();
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    asked.add(name + (Thread.currentThread().isVirtual() ? " on a virtual thread" : ""));
    if (name.equals("silent.example")) awaitWords();
    if (name.equals("unknown.example")) throw new UnknownHostException(name);
    return new InetAddress[] {HERE};
  }

  private void awaitWords() {
    try {
      silent.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void namesAreLookedUpWhereNobodyElseIsHeldUp() throws InterruptedException {
    Thread asking = Thread.ofVirtual().start(() -> assertThat(found("cloud.example")).isTrue());
    asking.join();
    assertThat(asked).containsExactly("cloud.example");
  }

  @Test
  void aNameThatLeadsNowhereIsUnknown() {
    assertThatThrownBy(() -> lookups.addresses("unknown.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  /** The JDK tells some spellings as a wrong argument, which callers would take for their own. */
  @Test
  void anOddSpellingIsANameThatLeadsNowhere() {
    Lookups real = new Lookups(InetAddress::getAllByName, Duration.ofMinutes(1));
    for (String odd : List.of("0x0", "0x7f000001", "017700000001")) {
      assertThatThrownBy(() -> real.addresses(odd))
          .isInstanceOf(UnknownHostException.class)
          .hasRootCauseInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void aSilentResolverIsAskedOnceAndNotWaitedFor() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> lookups.addresses("silent.example"))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("no answer within");
    }
    assertThat(found("cloud.example")).isTrue();
    assertThat(asked).containsExactly("silent.example", "cloud.example");
  }

  private boolean found(String name) {
    try {
      return lookups.addresses(name).length == 1;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
