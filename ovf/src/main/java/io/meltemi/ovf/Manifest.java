package io.meltemi.ovf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The digests of a package's files, one line each: {@code SHA256(name)= hexadecimal}. */
final class Manifest {
  private static final Pattern LINE =
      Pattern.compile("(SHA1|SHA256|SHA384|SHA512) ?\\(([^()]+)\\) ?= ?([0-9a-fA-F]{40,128})");

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(String algorithm, String digest) {}

  /** Reads one. */
  static Manifest parse(byte[] text) throws OvfException {
    Manifest manifest = new Manifest();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      if (line.isBlank()) continue;
      Matcher parts = LINE.matcher(line.strip());
      if (!parts.matches()) {
        throw new OvfException(
            "The line "
                + FileNames.shown(line)
                + " of the manifest is none of SHA256(name)= digest.");
      }
      Entry entry = new Entry(parts.group(1), parts.group(3).toLowerCase(Locale.ROOT));
      if (manifest.entries.put(parts.group(2), entry) != null) {
        throw new OvfException("The manifest lists " + FileNames.shown(parts.group(2)) + " twice.");
      }
    }
    return manifest;
  }

  /** The line for a file. */
  static String line(String name, byte[] content) {
    byte[] digest = digest("SHA256").digest(content);
    return "SHA256(" + name + ")= " + HexFormat.of().formatHex(digest) + "\n";
  }

  /** Every file that is listed is there, every file that counts is listed, every digest holds. */
  void check(Contents contents, Iterable<String> counting) throws IOException, OvfException {
    for (String name : entries.keySet()) {
      if (!contents.sizes().containsKey(name)) {
        throw new OvfException(
            "The manifest lists " + FileNames.shown(name) + ", which is missing from the package.");
      }
    }
    for (String name : counting) {
      Entry entry = entries.get(name);
      if (entry == null) {
        throw new OvfException("The manifest does not list " + FileNames.shown(name) + ".");
      }
      check(contents, name, entry);
    }
  }

  private static void check(Contents contents, String name, Entry entry)
      throws IOException, OvfException {
    try (InputStream in = contents.open(name)) {
      MessageDigest digest = digest(entry.algorithm());
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      if (!HexFormat.of().formatHex(digest.digest()).equals(entry.digest())) {
        throw new OvfException(
            FileNames.shown(name)
                + " is not what the manifest lists: it was damaged or changed; fetch the package"
                + " anew from whom you trust.");
      }
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.replace("SHA", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
