package io.meltemi.connector;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which attributes that only a provider knows are taken over: the first {@value #MOST} in the order
 * of their names, names and values of at most {@value #LONGEST} characters. What is longer is left
 * out, never cut; so is what no document can hold, and what is called like a secret.
 */
final class ProviderAttributes {
  static final int MOST = 32;
  static final int LONGEST = 255;

  private static final Pattern PLAIN = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\p{Cn}]*");
  private static final Pattern SECRET =
      Pattern.compile("passw|secret|token|credential|private.?key", Pattern.CASE_INSENSITIVE);

  private ProviderAttributes() {}

  static Map<String, String> kept(Map<String, String> shown) {
    if (shown.isEmpty()) return Map.of();
    SortedMap<String, String> kept = new TreeMap<>();
    for (Map.Entry<String, String> each : new TreeMap<>(shown).entrySet()) {
      if (kept.size() < MOST && holds(each.getKey(), each.getValue())) {
        kept.put(each.getKey(), each.getValue());
      }
    }
    return Collections.unmodifiableSortedMap(kept);
  }

  private static boolean holds(String name, String value) {
    return !name.isBlank() && fits(name) && fits(value) && !SECRET.matcher(name).find();
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST && PLAIN.matcher(text).matches();
  }
}
