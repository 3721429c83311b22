package io.meltemi.connector;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider did not do what was asked. The fault is for the engine, the reason for people. */
public final class ConnectorException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final transient Optional<Duration> retryAfter;

  /**
   * @param reason the provider's own words where it gave any, cleaned of secrets
   */
  public ConnectorException(Fault fault, String reason, @Nullable Throwable cause) {
    this(fault, reason, cause, Optional.empty());
  }

  public ConnectorException(Fault fault, String reason) {
    this(fault, reason, null, Optional.empty());
  }

  /**
   * @param retryAfter the pause that the provider asked for; with TRANSIENT it holds for every call
   *     of the account
   */
  public ConnectorException(
      Fault fault, String reason, @Nullable Throwable cause, Optional<Duration> retryAfter) {
    super(fault + ": " + reason, cause);
    this.fault = fault;
    this.retryAfter = retryAfter;
  }

  public Fault fault() {
    return fault;
  }

  /** The message without the fault in front. */
  public String reason() {
    String message = String.valueOf(getMessage());
    return message.substring(fault.name().length() + 2);
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
