package io.meltemi.pivot;

import java.math.BigDecimal;

/**
 * Price of a running machine.
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
}
