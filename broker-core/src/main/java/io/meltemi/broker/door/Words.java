package io.meltemi.broker.door;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Words {
  private Words() {}

  /** The known word nearest to a misspelt one; empty when none is near. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String asked = word.toLowerCase(Locale.ROOT);
    int tolerated = Math.max(2, asked.length() / 3);
    return known.stream()
        .filter(each -> distance(asked, each.toLowerCase(Locale.ROOT)) <= tolerated)
        .min(Comparator.comparingInt(each -> distance(asked, each.toLowerCase(Locale.ROOT))));
  }

  /** Letters to insert, drop, replace or swap with a neighbour to make one word of the other. */
  private static int distance(String left, String right) {
    int[][] steps = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        steps[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(steps, left, right, i, j);
      }
    }
    return steps[left.length()][right.length()];
  }

  private static int step(int[][] steps, String left, String right, int i, int j) {
    int replaced = steps[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
