package io.meltemi.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who misspelled a word most likely meant. */
public final class Nearest {
  private static final int SHORTEST_BEGINNING = 3;

  private Nearest() {}

  /**
   * The known word with the fewest changed letters; empty when none is near, that is, within a
   * third of the letters, or two of four and more. Else the shortest of those that begin with the
   * word ({@code price} for {@code priceCap}), or are the plural of what it begins with ({@code
   * country} for {@code countries}). Capitals do not count.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String low = word.toLowerCase(Locale.ROOT);
    String best = null;
    int least = 1 + Math.max(low.length() < 4 ? 1 : 2, Math.min(low.length(), 30) / 3);
    for (String each : known) {
      if (Math.abs(each.length() - low.length()) < least) {
        int distance = distance(low, each.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          best = each;
        }
      }
    }
    return Optional.ofNullable(best).or(() -> begun(low, known));
  }

  private static Optional<String> begun(String low, Collection<String> known) {
    return known.stream()
        .filter(each -> begins(low, each.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(String::length));
  }

  private static boolean begins(String word, String known) {
    if (known.startsWith(word)) return word.length() >= SHORTEST_BEGINNING;
    String one = singular(known);
    return !one.equals(known) && one.length() >= SHORTEST_BEGINNING && word.startsWith(one);
  }

  private static String singular(String word) {
    if (word.endsWith("ies")) return word.substring(0, word.length() - 3) + "y";
    boolean plural = word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  /** Letters to insert, remove, replace, or swap with a neighbour. */
  private static int distance(String one, String two) {
    int[] earlier = new int[two.length() + 1];
    int[] before = new int[two.length() + 1];
    for (int j = 0; j <= two.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[two.length() + 1];
      now[0] = i;
      for (int j = 1; j <= two.length(); j++) {
        int same = one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + same, 1 + Math.min(before[j], now[j - 1]));
        if (swapped(one, two, i, j)) now[j] = Math.min(now[j], 1 + earlier[j - 2]);
      }
      earlier = before;
      before = now;
    }
    return before[two.length()];
  }

  private static boolean swapped(String one, String two, int i, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == two.charAt(j - 2)
        && one.charAt(i - 2) == two.charAt(j - 1);
  }
}
