package io.meltemi.connector.openstack;

import com.google.common.base.Throwables;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.RetryAfter;
import io.meltemi.connector.UntrustedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;

/** What jclouds throws, in the SPI's words and with OpenStack's reasons. */
final class Faults {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private Faults() {}

  /** Asks something; a lost answer has changed nothing. */
  static <T> T asking(Supplier<T> question) {
    return call(question, Fault.TRANSIENT);
  }

  /**
   * The same, once more where an answer was lost at once: that does not mean that nobody is there.
   * Who asked for a pause, or kept us waiting, is not asked again.
   */
  static <T> T askingTwice(Supplier<T> question) {
    long begin = System.nanoTime();
    try {
      return asking(question);
    } catch (ConnectorException e) {
      boolean waited = System.nanoTime() - begin > AT_ONCE.toNanos();
      if (waited || e.fault() != Fault.TRANSIENT || e.retryAfter().isPresent()) throw e;
      return asking(question);
    }
  }

  /** Changes something; after a lost answer nobody knows. */
  static <T> T changing(Supplier<T> change) {
    return call(change, Fault.UNKNOWN);
  }

  static void changing(Runnable change) {
    changing(() -> {
      change.run();
      return true;
    });
  }

  private static <T> T call(Supplier<T> call, Fault whenLost) {
    try {
      return call.get();
    } catch (ConnectorException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translate(e, whenLost);
    }
  }

  static ConnectorException translate(RuntimeException thrown, Fault whenLost) {
    for (Throwable cause : Throwables.getCausalChain(thrown)) {
      if (cause instanceof HttpResponseException http && http.getResponse() != null) {
        return refused(http, http.getResponse(), whenLost);
      }
    }
    for (Throwable cause : Throwables.getCausalChain(thrown)) {
      if (cause instanceof AuthorizationException) {
        return new ConnectorException(Fault.CREDENTIALS, words(cause), thrown);
      }
      if (cause instanceof UntrustedException || cause instanceof Keystone.RefusalException) {
        return new ConnectorException(Fault.CREDENTIALS, words(cause), thrown);
      }
      if (cause instanceof IOException io) {
        boolean never = io instanceof NoAnswerException silence && !silence.sent();
        return new ConnectorException(never ? Fault.TRANSIENT : whenLost, words(io), thrown);
      }
    }
    return new ConnectorException(whenLost, words(thrown), thrown);
  }

  private static ConnectorException refused(
      HttpResponseException e, HttpResponse response, Fault whenLost) {
    String reason = Reasons.of(Optional.ofNullable(e.getContent())).orElseGet(() -> words(e));
    Optional<Duration> retryAfter =
        RetryAfter.of(
            Optional.ofNullable(response.getFirstHeaderOrNull("Retry-After")),
            Optional.ofNullable(response.getFirstHeaderOrNull("Date")));
    Fault fault = fault(response.getStatusCode(), reason, whenLost);
    return new ConnectorException(fault, reason, e, retryAfter);
  }

  private static Fault fault(int status, String reason, Fault whenLost) {
    boolean quota = Reasons.speaksOfQuota(reason);
    if (status < 500 && Reasons.speaksOfCapacity(reason)) {
      return Fault.CAPACITY;
    }
    return switch (status) {
      case 401 -> Fault.CREDENTIALS;
      case 403 -> quota ? Fault.QUOTA : forbidden(reason, whenLost);
      case 413 -> quota ? Fault.QUOTA : Fault.TRANSIENT;
      case 408, 429, 503 -> Fault.TRANSIENT;
      case 405, 501 -> Fault.UNSUPPORTED;
      case 400, 404, 409, 422 -> quota ? Fault.QUOTA : wrong(reason);
      default -> other(status, whenLost);
    };
  }

  /** An answer that went well and cannot be read is as good as none; no redirect is followed. */
  private static Fault other(int status, Fault whenLost) {
    if (status < 300 || status >= 500) return whenLost;
    return status < 400 ? Fault.UNSUPPORTED : Fault.BAD_REQUEST;
  }

  /** Who may not even look has the wrong role; a change may be kept from all. */
  private static Fault forbidden(String reason, Fault whenLost) {
    boolean change = whenLost == Fault.UNKNOWN;
    return change && Reasons.speaksOfPolicy(reason) ? Fault.UNSUPPORTED : Fault.CREDENTIALS;
  }

  private static Fault wrong(String reason) {
    return Reasons.speaksOfSmallFlavor(reason) ? Fault.UNSUPPORTED : Fault.BAD_REQUEST;
  }

  private static String words(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
