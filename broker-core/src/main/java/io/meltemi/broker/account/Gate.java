package io.meltemi.broker.account;

import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.RetryAfter;
import io.meltemi.pivot.MachineOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to an account's provider: for those on an {@link Errand}, bounded waiting, calls at
 * once, calls per second, time of a call, a breaker that spares a provider which fails again and
 * again, and a rest for one that asks for a pause. What was never sent is TRANSIENT; what was sent
 * and did not answer is UNKNOWN when it changes something.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Duration GLANCE = Duration.ofSeconds(10);

  private final String account;
  private final AccountLimits limits;
  private final Hush hush;
  private final Clock clock;
  private final Semaphore turns;
  private final Bucket rate;
  private final CircuitBreaker breaker;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.MIN);

  Gate(String account, AccountLimits limits, Hush hush, Clock clock) {
    this.account = account;
    this.hush = hush;
    this.clock = clock;
    this.limits = limits;
    this.turns = new Semaphore(limits.parallel(), true);
    this.rate =
        Bucket.builder()
            .addLimit(limit ->
                limit
                    .capacity(limits.perSecond())
                    .refillGreedy(limits.perSecond(), Duration.ofSeconds(1)))
            .build();
    this.breaker =
        CircuitBreaker.of(
            account,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(40)
                .minimumNumberOfCalls(20)
                .failureRateThreshold(90)
                .waitDurationInOpenState(PAUSE)
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(Gate::countsAsFailure)
                .build());
  }

  /** A call that changes nothing. */
  <T> T read(String what, Supplier<T> call) {
    return enter(what, call, patient(Fault.TRANSIENT, 1), hush);
  }

  /** A call that changes nothing and may take longer than others. */
  <T> T readSlowly(String what, Supplier<T> call) {
    return enter(what, call, patient(Fault.TRANSIENT, 4), hush);
  }

  /**
   * A call that changes nothing, for somebody who sits before a screen: now or not at all. The only
   * one that needs no errand.
   */
  <T> T readNow(String what, Supplier<T> call) {
    Duration limit = limits.call().compareTo(GLANCE) < 0 ? limits.call() : GLANCE;
    return pass(what, call, new Patience(Fault.TRANSIENT, MOMENT, limit), hush);
  }

  /** A call that changes something at the provider. */
  <T> T change(String what, Supplier<T> call) {
    return enter(what, call, patient(Fault.UNKNOWN, 1), hush);
  }

  /** The same for an order, whose secrets the provider must not repeat either. */
  <T> T change(String what, MachineOrder order, Supplier<T> call) {
    return enter(what, call, patient(Fault.UNKNOWN, 1), hush.and(order));
  }

  /** How busy the account is now. */
  ConnectorPool.Load load() {
    return new ConnectorPool.Load(
        limits.parallel() - turns.availablePermits(),
        Math.min(waiting.get(), limits.waiting()),
        refused.sum(),
        breaker.getState() != CircuitBreaker.State.CLOSED || !rest().isZero());
  }

  /**
   * @param whenLost what a call is that was sent and not answered
   * @param forTurn how long it waits for its turn
   * @param forAnswer how long its answer may take
   */
  private record Patience(Fault whenLost, Duration forTurn, Duration forAnswer) {}

  private Patience patient(Fault whenLost, int times) {
    return new Patience(whenLost, limits.call(), limits.call().multipliedBy(times));
  }

  private <T> T enter(String what, Supplier<T> call, Patience patience, Hush words) {
    Errand.required(what, account);
    return pass(what, call, patience, words);
  }

  private <T> T pass(String what, Supplier<T> call, Patience patience, Hush words) {
    takeTurn(what, patience.forTurn());
    try {
      return send(what, call, patience.whenLost(), patience.forAnswer(), words);
    } catch (ConnectorException e) {
      throw words.clean(e);
    }
  }

  /**
   * Nobody waits for a provider that is spared or rests, and whoever did while that began is let
   * go.
   */
  private void takeTurn(String what, Duration limit) {
    letRest(what);
    if (!breaker.tryAcquirePermission()) throw spared(what);
    try {
      await(what, limit);
    } catch (ConnectorException e) {
      breaker.releasePermission();
      throw e;
    }
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      turns.release();
      throw spared(what);
    }
    try {
      letRest(what);
    } catch (ConnectorException e) {
      turns.release();
      breaker.releasePermission();
      throw e;
    }
  }

  private void letRest(String what) {
    Duration left = rest();
    if (left.isZero()) return;
    String until = restsUntil.get().truncatedTo(ChronoUnit.SECONDS).toString();
    throw notSent(
        what
            + " not sent: the provider of account "
            + account
            + " asked for a pause until "
            + until,
        left);
  }

  /** How long the provider still wants no calls. */
  private Duration rest() {
    Instant now = clock.instant();
    Instant until = restsUntil.get();
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  /**
   * What the provider asked of one call holds for all: they come from one account. Known before the
   * turn is given back, so that nobody who waited for it slips through.
   */
  private void heed(Throwable failure) {
    if (!(failure instanceof ConnectorException told) || told.fault() != Fault.TRANSIENT) return;
    told.retryAfter()
        .map(RetryAfter::rest)
        .map(pause -> clock.instant().plus(pause))
        .ifPresent(then -> restsUntil.accumulateAndGet(then, (a, b) -> a.isAfter(b) ? a : b));
  }

  private void await(String what, Duration limit) {
    boolean full = waiting.incrementAndGet() > limits.waiting();
    try {
      if (full) throw notSent(what + " not sent: too many calls wait for account " + account);
      if (!rate.asBlocking().tryConsume(1, limit)) {
        throw notSent(what + " not sent: account " + account + " is at its calls per second");
      }
      if (!turns.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw notSent(what + " not sent: earlier calls to account " + account + " do not return");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(what + " not sent: the broker is closing");
    } finally {
      waiting.decrementAndGet();
    }
  }

  private ConnectorException spared(String what) {
    return notSent(what + " not sent: account " + account + " failed too often of late");
  }

  /**
   * The turn is given back when the call has really ended, however long nobody waits for it. A
   * thread of the system's own, for it takes turns: one call that reads and reads would keep a
   * carrier of virtual threads from everybody else.
   */
  private <T> T send(String what, Supplier<T> call, Fault whenLost, Duration limit, Hush words) {
    long begin = System.nanoTime();
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("account-" + account)
            .unstarted(() -> {
              try {
                answer.complete(call.get());
              } catch (Throwable e) {
                heed(e);
                answer.completeExceptionally(e);
              } finally {
                turns.release();
              }
            });
    begin(what, thread);
    try {
      T value = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      breaker.onSuccess(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
      return value;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw failed(begin, known(what, cause == null ? e : cause, whenLost, words));
    } catch (TimeoutException e) {
      thread.interrupt();
      throw failed(
          begin,
          new ConnectorException(
              whenLost, what + " was not answered within " + limit.toSeconds() + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(begin, new ConnectorException(whenLost, what + " interrupted: closing"));
    }
  }

  /** The system may have no thread left. */
  private void begin(String what, Thread thread) {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      turns.release();
      breaker.releasePermission();
      throw notSent(what + " not sent: this machine has no thread left for it");
    }
  }

  private ConnectorException known(String what, Throwable cause, Fault whenLost, Hush words) {
    if (cause instanceof ConnectorException known) return known;
    String name = cause.getClass().getName();
    if (words.tells(cause)) {
      LOG.warn("account {}: {} failed with {}, whose words hold a secret", account, what, name);
    } else {
      LOG.warn("account {}: {} failed in an unforeseen way", account, what, cause);
    }
    return new ConnectorException(whenLost, what + " failed: " + cause.getClass().getSimpleName());
  }

  private ConnectorException failed(long begin, ConnectorException failure) {
    breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, failure);
    return failure;
  }

  private static boolean countsAsFailure(Throwable failure) {
    return !(failure instanceof ConnectorException known)
        || switch (known.fault()) {
          case TRANSIENT, UNKNOWN -> true;
          case BAD_REQUEST, QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED -> false;
        };
  }

  private ConnectorException notSent(String reason) {
    return notSent(reason, PAUSE);
  }

  private ConnectorException notSent(String reason, Duration pause) {
    refused.increment();
    return new ConnectorException(Fault.TRANSIENT, reason, null, Optional.of(pause));
  }
}
