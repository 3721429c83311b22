package io.meltemi.bench;

import java.util.List;
import java.util.Locale;

/** What the programs print. */
final class Figures {
  private Figures() {}

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static double median(List<Double> values) {
    return percentile(values, 50);
  }

  /** The value that so many of a hundred do not reach. */
  static double percentile(List<Double> values, int hundredths) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * hundredths / 100));
  }

  static double milliseconds(long nanos) {
    return nanos / 1e6;
  }
}
