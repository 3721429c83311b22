package io.meltemi.ovf;

import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;

/** What a file of a package may be called: the name of a file beside the envelope, nothing else. */
final class FileNames {
  private static final int LONGEST = 100;

  private FileNames() {}

  static void check(String name) throws OvfException {
    boolean leadsAway = name.startsWith(".") || name.contains("/") || name.contains("\\");
    boolean hidden = name.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    if (name.isEmpty() || tooLong(name) || leadsAway || hidden || name.contains(":")) {
      throw new OvfException(
          "The file name "
              + shown(name)
              + " is not allowed in a package: files stand beside the"
              + " envelope, with plain names.");
    }
  }

  /** A header of an archive has room for so many bytes. */
  private static boolean tooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  /** Adds a file that is allowed and not there yet. */
  static void add(SequencedMap<String, Long> sizes, String name, long size, Limits limits)
      throws OvfException {
    check(name);
    if (sizes.putIfAbsent(name, size) != null) {
      throw new OvfException("The package has two files " + shown(name) + ".");
    }
    if (sizes.size() > limits.files()) {
      throw new OvfException("The package has more than " + limits.files() + " files.");
    }
    long whole = sizes.values().stream().mapToLong(Long::longValue).sum();
    if (whole > limits.packageBytes() || whole < 0) {
      throw new OvfException("The package holds more than " + limits.packageBytes() + " bytes.");
    }
  }

  /** A stranger's word in a sentence of ours. */
  static String shown(String name) {
    String cut = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
