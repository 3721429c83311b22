package io.meltemi.webapp.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class NearestWord {
  private NearestWord() {}

  /** The word with the fewest changed letters; empty when none is near. */
  static Optional<String> to(String wrong, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(word -> distance(wrong, word)))
        .filter(word -> distance(wrong, word) <= Math.max(2, word.length() / 2));
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) row[column] = column;
    for (int line = 1; line <= left.length(); line++) {
      int corner = row[0];
      row[0] = line;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1;
        int least = Math.min(Math.min(row[column], row[column - 1]) + 1, corner + change);
        corner = row[column];
        row[column] = least;
      }
    }
    return row[right.length()];
  }
}
