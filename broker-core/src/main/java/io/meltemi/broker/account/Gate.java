package io.meltemi.broker.account;

import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.MachineOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to an account's provider: bounded waiting, calls at once, calls per second, time of
 * a call, and a breaker that spares a provider which fails again and again. What was never sent is
 * TRANSIENT; what was sent and did not answer is UNKNOWN when it changes something.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final String account;
  private final AccountLimits limits;
  private final Hush hush;
  private final Semaphore turns;
  private final Bucket rate;
  private final CircuitBreaker breaker;
  private final AtomicInteger waiting = new AtomicInteger();

  Gate(String account, AccountLimits limits, Hush hush) {
    this.account = account;
    this.hush = hush;
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
    return pass(what, call, Fault.TRANSIENT, 1, hush);
  }

  /** A call that changes nothing and may take longer than others. */
  <T> T readSlowly(String what, Supplier<T> call) {
    return pass(what, call, Fault.TRANSIENT, 4, hush);
  }

  /** A call that changes something at the provider. */
  <T> T change(String what, Supplier<T> call) {
    return pass(what, call, Fault.UNKNOWN, 1, hush);
  }

  /** The same for an order, whose secrets the provider must not repeat either. */
  <T> T change(String what, MachineOrder order, Supplier<T> call) {
    return pass(what, call, Fault.UNKNOWN, 1, hush.and(order));
  }

  private <T> T pass(String what, Supplier<T> call, Fault whenLost, int patience, Hush words) {
    if (waiting.incrementAndGet() > limits.waiting()) {
      waiting.decrementAndGet();
      throw notSent(what + " not sent: too many calls wait for account " + account);
    }
    try {
      takeTurn(what);
    } finally {
      waiting.decrementAndGet();
    }
    if (!breaker.tryAcquirePermission()) {
      turns.release();
      throw notSent(what + " not sent: account " + account + " failed too often of late");
    }
    try {
      return send(what, call, whenLost, limits.call().multipliedBy(patience), words);
    } catch (ConnectorException e) {
      throw words.clean(e);
    }
  }

  private void takeTurn(String what) {
    try {
      if (!rate.asBlocking().tryConsume(1, limits.call())) {
        throw notSent(what + " not sent: account " + account + " is at its calls per second");
      }
      if (!turns.tryAcquire(limits.call().toMillis(), TimeUnit.MILLISECONDS)) {
        throw notSent(what + " not sent: earlier calls to account " + account + " do not return");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(what + " not sent: the broker is closing");
    }
  }

  /** The turn is given back when the call has really ended, however long nobody waits for it. */
  private <T> T send(String what, Supplier<T> call, Fault whenLost, Duration limit, Hush words) {
    long begin = System.nanoTime();
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("account-" + account)
            .start(() -> {
              try {
                answer.complete(call.get());
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              } finally {
                turns.release();
              }
            });
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

  private static ConnectorException notSent(String reason) {
    return new ConnectorException(Fault.TRANSIENT, reason, null, Optional.of(PAUSE));
  }
}
