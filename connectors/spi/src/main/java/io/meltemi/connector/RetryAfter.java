package io.meltemi.connector;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header of that name, RFC 9110, section 10.2.3. */
public final class RetryAfter {
  /** How long an account rests at a time; a provider that asks for more is asked again then. */
  public static final Duration LONGEST_REST = Duration.ofMinutes(3);

  /** As far ahead as anybody is believed. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * The pause that an answer asks for, at most a day; empty when it cannot be read.
   *
   * @param retryAfter the header: seconds, or a date
   * @param date the header {@code Date} of the same answer, from which a date counts; the other
   *     side's clock may differ from ours
   */
  public static Optional<Duration> of(Optional<String> retryAfter, Optional<String> date) {
    return retryAfter
        .map(String::strip)
        .flatMap(value -> value.matches("[0-9]+") ? seconds(value) : until(value, date))
        .map(pause -> shorter(pause, LONGEST));
  }

  /** How long the account rests for a pause that was asked for. */
  public static Duration rest(Duration pause) {
    return shorter(pause, LONGEST_REST);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Optional<Duration> seconds(String digits) {
    return Optional.of(digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits)));
  }

  private static Optional<Duration> until(String value, Optional<String> date) {
    return time(value)
        .flatMap(then -> date.flatMap(RetryAfter::time).map(now -> Duration.between(now, then)))
        .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
  }

  private static Optional<ZonedDateTime> time(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
