package io.meltemi.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.HandClock;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.RetryAfter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final AccountLimits NARROW =
      new AccountLimits(
          Duration.ofMillis(200),
          2,
          4,
          1000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  /** The same for calls whose end a test decides. */
  private static final AccountLimits PATIENT =
      new AccountLimits(
          Duration.ofMinutes(1),
          NARROW.parallel(),
          NARROW.waiting(),
          NARROW.perSecond(),
          NARROW.watch(),
          NARROW.discover(),
          NARROW.look(),
          NARROW.longestDelay());

  private final HandClock clock = new HandClock();

  /** So no request waits: none is on an errand unless it asks for what only a provider knows. */
  @Test
  void aThreadOnNoErrandIsNotLetInAndNothingIsSent() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    AtomicInteger sent = new AtomicInteger();
    for (Runnable call :
        List.<Runnable>of(
            () -> gate.change("create", sent::incrementAndGet),
            () -> gate.read("list", sent::incrementAndGet),
            () -> gate.readSlowly("discover", sent::incrementAndGet))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("requests are answered from the store and wait for no provider");
    }
    assertThat(sent).hasValue(0);
    assertThat(gate.load()).isEqualTo(new ConnectorPool.Load(0, 0, 0, false));
    assertThat(gate.readNow("console", sent::incrementAndGet)).isEqualTo(1);
  }

  @Test
  void aChangeThatIsNotAnsweredInTimeMayHaveHappened() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch never = new CountDownLatch(1);
    assertThat(quietly(() -> gate.change("create", () -> waitFor(never))))
        .satisfies(failure -> assertThat(fault(failure)).isEqualTo(Fault.UNKNOWN));
    never.countDown();
  }

  @Test
  void aQuestionThatIsNotAnsweredInTimeMayBeAskedAgain() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch never = new CountDownLatch(1);
    assertThat(quietly(() -> gate.read("list", () -> waitFor(never))))
        .satisfies(failure -> assertThat(fault(failure)).isEqualTo(Fault.TRANSIENT));
    never.countDown();
  }

  @Test
  void whatWaitsBehindHangingCallsWasNeverSent() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual()
          .start(() ->
              quietly(() ->
                  gate.change(
                      "create",
                      () -> {
                        sent.incrementAndGet();
                        return uninterrupted(hanging);
                      })));
    }
    await().until(() -> sent.get() == 2);
    assertThat(quietly(() -> gate.change("create", sent::incrementAndGet)))
        .satisfies(failure -> assertThat(fault(failure)).isEqualTo(Fault.TRANSIENT));
    assertThat(sent).hasValue(2);
    hanging.countDown();
  }

  @Test
  void moreThanMayWaitAreRefusedAtOnce() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch hanging = new CountDownLatch(1);
    List<Throwable> failures = new ArrayList<>();
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      Thread.ofVirtual()
          .start(() -> {
            begun.incrementAndGet();
            Throwable failure = quietly(() -> gate.change("create", () -> uninterrupted(hanging)));
            synchronized (failures) {
              failures.add(failure);
            }
          });
    }
    await().until(() -> begun.get() == 12 && failures.size() >= 6);
    assertThat(failures)
        .anyMatch(one -> String.valueOf(one.getMessage()).contains("too many calls wait"));
    hanging.countDown();
  }

  @Test
  void anAccountThatHangsCostsAnotherNothing() {
    Gate sick = new Gate("a1", NARROW, new Hush(List.of()), clock);
    Gate sound = new Gate("a2", NARROW, new Hush(List.of()), clock);
    CountDownLatch hanging = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      Thread.ofVirtual()
          .start(() -> quietly(() -> sick.change("create", () -> uninterrupted(hanging))));
    }
    assertThat(Errand.ask(() -> sound.change("create", () -> "made"))).isEqualTo("made");
    hanging.countDown();
  }

  @Test
  void callsThatNeverPauseLeaveOthersTheirTurn() {
    AtomicBoolean floods = new AtomicBoolean(true);
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      Gate sick = new Gate("a" + i, NARROW, new Hush(List.of()), clock);
      Thread.ofVirtual().start(() -> quietly(() -> sick.read("list", () -> spin(floods))));
    }
    try {
      AtomicInteger others = new AtomicInteger();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            Thread.ofVirtual().start(others::incrementAndGet);
            return others.get() > 2;
          });
    } finally {
      floods.set(false);
    }
  }

  private static int spin(AtomicBoolean floods) {
    int turns = 0;
    while (floods.get()) turns++;
    return turns;
  }

  @Test
  void callsKeepToTheRateOfTheAccount() {
    AccountLimits slow =
        new AccountLimits(
            Duration.ofSeconds(5),
            8,
            64,
            10,
            NARROW.watch(),
            NARROW.discover(),
            NARROW.look(),
            NARROW.longestDelay());
    Gate gate = new Gate("a1", slow, new Hush(List.of()), clock);
    long begin = System.nanoTime();
    for (int i = 0; i < 15; i++) Errand.run(() -> gate.read("list", () -> ""));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void aProviderThatOnlyFailsIsSparedForAWhile() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < 60; i++) {
      quietly(() ->
          gate.read(
              "list",
              () -> {
                sent.incrementAndGet();
                throw new ConnectorException(Fault.TRANSIENT, "down");
              }));
    }
    assertThat(sent.get()).isLessThan(60);
  }

  @Test
  void nobodyWaitsForTheTurnOfAProviderThatIsSpared() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch hanging = new CountDownLatch(1);
    fail(gate, 20);
    assertThat(gate.load().spared()).isTrue();
    assertThat(quietly(() -> gate.change("create", () -> uninterrupted(hanging))))
        .hasMessageContaining("failed too often of late");
    // the last one that failed gives its turn back a moment after its answer
    await().until(() -> gate.load().calls() == 0);
    assertThat(gate.load()).isEqualTo(new ConnectorPool.Load(0, 0, 1, true));
  }

  @Test
  void aProviderThatCameBackIsUsedAgainByItself() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    fail(gate, 20);
    await().atMost(Duration.ofSeconds(30)).until(() -> answers(gate) && !gate.load().spared());
    assertThat(gate.load().spared()).isFalse();
  }

  @Test
  void whoSitsBeforeAScreenDoesNotWaitBehindOthers() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    CountDownLatch hanging = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual()
          .start(() -> quietly(() -> gate.change("create", () -> uninterrupted(hanging))));
    }
    await().until(() -> gate.load().calls() == 2);
    assertThatThrownBy(() -> gate.readNow("console", () -> "text"))
        .hasMessageContaining("do not return");
    assertThat(gate.load().refused()).isEqualTo(1);
    hanging.countDown();
    await().until(() -> gate.load().calls() == 0);
    assertThat(gate.readNow("console", () -> "text")).isEqualTo("text");
  }

  private static void fail(Gate gate, int times) {
    for (int i = 0; i < times; i++) {
      quietly(() ->
          gate.read(
              "list",
              () -> {
                throw new ConnectorException(Fault.TRANSIENT, "down");
              }));
    }
  }

  private static boolean answers(Gate gate) {
    try {
      return Errand.ask(() -> gate.read("list", () -> true));
    } catch (ConnectorException e) {
      return false;
    }
  }

  @Test
  void whatAProviderRefusesDoesNotCountAsItsFailure() {
    Gate gate = new Gate("a1", NARROW, new Hush(List.of()), clock);
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < 60; i++) {
      quietly(() ->
          gate.change(
              "create",
              () -> {
                sent.incrementAndGet();
                throw new ConnectorException(Fault.QUOTA, "full");
              }));
    }
    assertThat(sent).hasValue(60);
  }

  @Test
  void thePauseThatAProviderAsksForHoldsForAllCallsOfTheAccount() {
    Gate gate = new Gate("a1", PATIENT, new Hush(List.of()), clock);
    AtomicInteger sent = new AtomicInteger();
    asksForAPause(gate, Duration.ofSeconds(40));
    clock.forward(Duration.ofSeconds(10));
    assertHeld(gate, sent, Duration.ofSeconds(30));
    assertThat(gate.load().spared()).isTrue();
    clock.forward(Duration.ofSeconds(30));
    assertThat(Errand.ask(() -> gate.change("create", sent::incrementAndGet))).isEqualTo(1);
    assertThat(gate.load().spared()).isFalse();
  }

  @Test
  void noPauseIsLongerThanAFewMinutes() {
    Gate gate = new Gate("a1", PATIENT, new Hush(List.of()), clock);
    AtomicInteger sent = new AtomicInteger();
    asksForAPause(gate, Duration.ofDays(11));
    assertHeld(gate, sent, RetryAfter.LONGEST_REST);
    clock.forward(RetryAfter.LONGEST_REST);
    assertThat(Errand.ask(() -> gate.read("list", sent::incrementAndGet))).isEqualTo(1);
  }

  /** While two calls are under way, one is told to wait a while, the other a moment. */
  @Test
  void theLongestPauseThatIsAskedForHolds() {
    Gate gate = new Gate("a1", PATIENT, new Hush(List.of()), clock);
    CountDownLatch both = new CountDownLatch(2);
    List<Duration> pauses = List.of(Duration.ofSeconds(60), Duration.ofSeconds(1));
    List<Thread> calls =
        pauses.stream()
            .map(pause ->
                Thread.ofVirtual()
                    .start(() ->
                        quietly(() ->
                            gate.read(
                                "list",
                                () -> {
                                  both.countDown();
                                  waitFor(both);
                                  throw tooFast(pause);
                                }))))
            .toList();
    calls.forEach(GateTest::over);
    assertHeld(gate, new AtomicInteger(), Duration.ofSeconds(60));
  }

  @Test
  void whoWaitedForATurnWhileThePauseBeganIsLetGo() {
    Gate gate = new Gate("a1", PATIENT, new Hush(List.of()), clock);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual()
          .start(() ->
              quietly(() ->
                  gate.read(
                      "list",
                      () -> {
                        waitFor(end);
                        throw tooFast(Duration.ofSeconds(40));
                      })));
    }
    await().until(() -> gate.load().calls() == 2);
    List<Throwable> failures = new ArrayList<>();
    Thread late =
        Thread.ofVirtual()
            .start(() -> failures.add(quietly(() -> gate.change("create", sent::incrementAndGet))));
    await().until(() -> gate.load().waiting() == 1);
    end.countDown();
    over(late);
    assertThat(sent).hasValue(0);
    assertThat(failures.getFirst()).hasMessageContaining("not sent");
    await().until(() -> gate.load().calls() == 0);
  }

  /** What cannot pass by waiting is no matter of the pause. */
  @Test
  void aRefusalForGoodHoldsNobodyElse() {
    Gate gate = new Gate("a1", PATIENT, new Hush(List.of()), clock);
    quietly(() ->
        gate.change(
            "create",
            () -> {
              Optional<Duration> pause = Optional.of(Duration.ofSeconds(40));
              throw new ConnectorException(Fault.QUOTA, "full", null, pause);
            }));
    assertThat(Errand.ask(() -> gate.read("list", () -> ""))).isEmpty();
  }

  private static void asksForAPause(Gate gate, Duration pause) {
    assertThat(
            quietly(() ->
                gate.change(
                    "create",
                    () -> {
                      throw tooFast(pause);
                    })))
        .hasMessageContaining("too fast");
  }

  private static ConnectorException tooFast(Duration pause) {
    return new ConnectorException(Fault.TRANSIENT, "too fast", null, Optional.of(pause));
  }

  private static void assertHeld(Gate gate, AtomicInteger sent, Duration left) {
    int before = sent.get();
    for (Runnable call :
        List.<Runnable>of(
            () -> gate.change("create", sent::incrementAndGet),
            () -> gate.read("list", sent::incrementAndGet),
            () -> gate.readSlowly("discover", sent::incrementAndGet),
            () -> gate.readNow("console", sent::incrementAndGet))) {
      ConnectorException held = (ConnectorException) quietly(call);
      assertThat(held.fault()).isEqualTo(Fault.TRANSIENT);
      assertThat(held.retryAfter()).contains(left);
      assertThat(held.reason()).contains("asked for a pause until");
    }
    assertThat(sent).hasValue(before);
  }

  private static void over(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Fault fault(Throwable failure) {
    return ((ConnectorException) failure).fault();
  }

  private static String waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "late";
  }

  /** A call that does not even hear that it is no longer wanted. */
  private static String uninterrupted(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return "late";
      } catch (InterruptedException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  private static Throwable quietly(Runnable call) {
    try {
      Errand.run(call);
      return new AssertionError("went well");
    } catch (ConnectorException e) {
      return e;
    }
  }
}
