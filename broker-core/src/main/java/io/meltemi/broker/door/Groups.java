package io.meltemi.broker.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * Which group of a decision each offer is in, as one compressed text: two bytes an offer before
 * compression, in the order of the catalogue, where neighbours mostly share their fate.
 */
final class Groups {
  private Groups() {}

  static String write(int[] groups) {
    byte[] bytes = new byte[groups.length * 2];
    for (int at = 0; at < groups.length; at++) {
      bytes[at] = (byte) (groups[at] >> 8);
      bytes[groups.length + at] = (byte) groups[at];
    }
    return new String(Base64.getEncoder().encode(deflated(bytes)), ISO_8859_1);
  }

  static int[] read(String text, int offers) {
    byte[] bytes = inflated(Base64.getDecoder().decode(text), offers * 2);
    int[] groups = new int[offers];
    for (int at = 0; at < offers; at++) {
      groups[at] = (bytes[at] & 0xFF) << 8 | bytes[offers + at] & 0xFF;
    }
    return groups;
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  static byte[] inflated(byte[] packed, int length) {
    byte[] bytes = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int done = 0;
      while (done < length && !inflater.finished()) {
        done += inflater.inflate(bytes, done, length - done);
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IllegalStateException("a stored decision cannot be read", e);
    } finally {
      inflater.end();
    }
  }
}
