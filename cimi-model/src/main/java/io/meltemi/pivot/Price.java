package io.meltemi.pivot;

import java.math.BigDecimal;

/**
 * Price of a running machine, or of storage.
 *
 * @param perHour amount for one hour, exact
 * @param currency ISO 4217, three upper case letters
 */
public record Price(BigDecimal perHour, String currency) {
  public Price {
    if (perHour.signum() < 0) {
      throw new IllegalArgumentException("a price cannot be negative, was " + perHour);
    }
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException(
          "currency must be three letters (ISO 4217), was " + currency);
    }
  }

  /** The price of so much when this is that of 1,000,000 kB; exact. */
  Price ofGigabytes(long kilobytes) {
    return new Price(perHour.multiply(BigDecimal.valueOf(kilobytes).movePointLeft(6)), currency);
  }
}
