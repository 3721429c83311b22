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
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
