package io.meltemi.ovf;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of bytes as packages write them: a number, and units such as {@code byte * 2^20}. */
final class Units {
  static final String KIBIBYTES = "byte * 2^10";
  static final String KILOBYTES = "byte * 10^3";

  /** Words that older packages use for powers of 1024. */
  private static final Map<String, Integer> WORDS =
      Map.of("bytes", 0, "kilobytes", 10, "megabytes", 20, "gigabytes", 30);

  private static final Pattern POWER = Pattern.compile("bytes? ?\\* ?(2|10) ?\\^ ?([0-9]{1,2})");
  private static final int MOST_DIGITS = 18;

  private Units() {}

  /**
   * An amount in a unit of so many bytes, rounded up.
   *
   * @param field for the refusal
   */
  static long in(int bytes, @Nullable String number, @Nullable String units, String field)
      throws OvfException {
    BigInteger unit = BigInteger.valueOf(bytes);
    BigInteger amount =
        BigInteger.valueOf(whole(number, field))
            .multiply(factor(units, field))
            .add(unit.subtract(BigInteger.ONE))
            .divide(unit);
    if (amount.bitLength() >= Long.SIZE) throw wrong(field, number);
    return amount.longValue();
  }

  /** A whole number, at least 1. */
  static long whole(@Nullable String number, String field) throws OvfException {
    String digits = number == null ? "" : number.strip();
    if (!digits.matches("[0-9]{1," + MOST_DIGITS + "}") || Long.parseLong(digits) < 1) {
      throw wrong(field, number);
    }
    return Long.parseLong(digits);
  }

  private static OvfException wrong(String field, @Nullable String number) {
    return new OvfException(
        field
            + " must be a whole number that fits, is "
            + (number == null ? "missing" : FileNames.shown(number))
            + ".");
  }

  private static BigInteger factor(@Nullable String units, String field) throws OvfException {
    String unit = units == null ? "byte" : units.strip().toLowerCase(Locale.ROOT);
    if (unit.equals("byte")) return BigInteger.ONE;
    Integer word = WORDS.get(unit);
    if (word != null) return BigInteger.TWO.pow(word);
    Matcher power = POWER.matcher(unit);
    if (power.matches()) {
      return new BigInteger(power.group(1)).pow(Integer.parseInt(power.group(2)));
    }
    throw new OvfException(
        field + " is counted in " + FileNames.shown(unit) + ", which is no unit of bytes.");
  }
}
