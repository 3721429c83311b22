package io.meltemi.broker.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master keys: one line each, {@code id:base64 of 32 bytes}; the first seals, all open. A key
 * is rotated by putting a new line first.
 */
public final class KeyRing {
  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKey> keys;
  private final String first;

  private KeyRing(Map<String, SecretKey> keys) {
    this.keys = Map.copyOf(keys);
    this.first = keys.keySet().iterator().next();
  }

  /**
   * Reads the keys, or makes the file with one new key, readable by its owner only.
   *
   * @throws IllegalArgumentException when the file does not hold keys, with a sentence that says so
   */
  public static KeyRing at(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    return new KeyRing(parse(file));
  }

  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    Files.writeString(file, "k1:" + Base64.getEncoder().encodeToString(key) + "\n");
  }

  private static Map<String, SecretKey> parse(Path file) throws IOException {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    for (String line : lines) {
      int colon = line.indexOf(':');
      keys.put(line.substring(0, Math.max(0, colon)), key(file, line.substring(colon + 1)));
    }
    if (keys.isEmpty() || keys.containsKey("")) {
      throw new IllegalArgumentException(
          "the key file " + file + " holds no key; each line must be id:base64 of 32 bytes");
    }
    return keys;
  }

  private static SecretKey key(Path file, String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      if (bytes.length == KEY_BYTES) {
        return new SecretKeySpec(bytes, "AES");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key file " + file + " holds a line that is no key", e);
    }
    throw new IllegalArgumentException(
        "the key file " + file + " holds a key that is not 32 bytes");
  }

  String sealingKey() {
    return first;
  }

  Optional<SecretKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }
}
