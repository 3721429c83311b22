package io.meltemi.model.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Dates and times as XML schema writes them. */
public final class Times {
  private Times() {}

  /**
   * The moment that a date or date and time names. Without an offset it counts as UTC, without a
   * time as the day's beginning.
   *
   * @throws DateTimeException when it is neither
   */
  public static Instant instant(String text) {
    int time = text.indexOf('T');
    if (time < 0) {
      String day = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
      return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean offset =
        text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
