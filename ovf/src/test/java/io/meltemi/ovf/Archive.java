package io.meltemi.ovf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A tar written by hand, with what no decent program would write. */
final class Archive {
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  Archive add(String name, String content) {
    return add(name, '0', content.getBytes(StandardCharsets.UTF_8).length, content);
  }

  /** A file of another kind, or that says it is longer than it is. */
  Archive add(String name, char kind, long size, String content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000600\0" + "0000000\0" + "0000000\0" + "%011o\0%011o\0".formatted(size, 7));
    put(header, 148, "        " + kind + "somewhere/else");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte one : header) sum += one & 0xff;
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.writeBytes(header);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    tar.writeBytes(bytes);
    tar.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(tar.toByteArray());
    whole.writeBytes(new byte[1024]);
    return whole.toByteArray();
  }

  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("package.ova"), bytes());
  }

  static String line(String algorithm, String name, String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm.replace("SHA", "SHA-"))
              .digest(content.getBytes(StandardCharsets.UTF_8));
      return algorithm + "(" + name + ")= " + HexFormat.of().formatHex(digest) + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
