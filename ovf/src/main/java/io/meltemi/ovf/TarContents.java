package io.meltemi.ovf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A package that is one archive: a tar of plain files. All headers are read and judged first, by
 * skipping over what the files hold; a file is then read where it stands.
 */
final class TarContents implements Contents {
  private static final int BLOCK = 512;

  private final FileChannel tar;
  private final SequencedMap<String, Long> sizes = new LinkedHashMap<>();
  private final Map<String, Long> places = new HashMap<>();

  private TarContents(FileChannel tar) {
    this.tar = tar;
  }

  static TarContents of(Path file, Limits limits) throws IOException, OvfException {
    TarContents contents = new TarContents(FileChannel.open(file, StandardOpenOption.READ));
    try {
      contents.readHeaders(limits);
      return contents;
    } catch (IOException | OvfException | RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  private void readHeaders(Limits limits) throws IOException, OvfException {
    long at = 0;
    while (true) {
      byte[] header = block(at);
      if (isZero(header)) return;
      checkSum(header);
      String name = TarHeader.name(header);
      checkKind(header, name);
      long size = TarHeader.size(header);
      if (size < 0 || size > tar.size() - at - BLOCK) {
        throw new OvfException(
            "The archive ends within " + FileNames.shown(name) + "; fetch it anew.");
      }
      FileNames.add(sizes, name, size, limits);
      places.put(name, at + BLOCK);
      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
  }

  private static boolean isZero(byte[] header) {
    for (byte one : header) if (one != 0) return false;
    return true;
  }

  private static void checkSum(byte[] header) throws OvfException {
    if (!TarHeader.sumHolds(header)) {
      throw new OvfException("The file is no tar archive, or a damaged one.");
    }
  }

  private static void checkKind(byte[] header, String name) throws OvfException {
    if (!TarHeader.plainFile(header)) {
      throw new OvfException(
          FileNames.shown(name)
              + " is no plain file of the USTAR format: an archive of a package has no folders, no"
              + " links and no extended headers.");
    }
  }

  private byte[] block(long at) throws IOException, OvfException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (block.hasRemaining()) {
      if (tar.read(block, at + block.position()) < 0) {
        throw new OvfException("The archive has no end; fetch it anew.");
      }
    }
    return block.array();
  }

  @Override
  public SequencedMap<String, Long> sizes() {
    return sizes;
  }

  @Override
  public InputStream open(String name) throws IOException {
    Long place = places.get(name);
    Long size = sizes.get(name);
    if (place == null || size == null) throw new EOFException("no file " + name);
    return new Slice(tar, place, size);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** A part of the archive, and nothing behind it. */
  private static final class Slice extends InputStream {
    private final FileChannel tar;
    private long at;
    private long left;

    Slice(FileChannel tar, long at, long left) {
      this.tar = tar;
      this.at = at;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) return -1;
      int most = (int) Math.min(length, left);
      int read = tar.read(ByteBuffer.wrap(into, offset, most), at);
      if (read < 0) throw new EOFException("the archive became shorter");
      at += read;
      left -= read;
      return read;
    }
  }
}
