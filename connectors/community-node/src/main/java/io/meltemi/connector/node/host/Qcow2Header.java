package io.meltemi.connector.node.host;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The head of a qcow2 file (QEMU, docs/interop/qcow2.txt). A file that leads to another one, by a
 * backing file or an external data file, would let a guest read the host's files: refused.
 *
 * @param virtualBytes size of the disk that a guest sees
 */
record Qcow2Header(long virtualBytes) {
  private static final int MAGIC = 0x514649fb;
  private static final long EXTERNAL_DATA = 1L << 2;
  private static final long CORRUPT = 1L << 1;
  private static final int DATA_FILE_NAME = 0x44415441;
  private static final int BACKING_FORMAT = 0xe2792aca;

  /**
   * @throws HostException when it is no qcow2 file that stands by itself
   */
  static Qcow2Header read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new HostException("not a plain file: " + file.getFileName());
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return read(in);
    } catch (IOException e) {
      throw new HostException("not a qcow2 file: " + file.getFileName(), e);
    }
  }

  private static Qcow2Header read(DataInputStream in) throws IOException {
    require(in.readInt() == MAGIC, "the file is not qcow2");
    int version = in.readInt();
    require(version == 2 || version == 3, "qcow2 version " + version + " is unknown");
    long backingOffset = in.readLong();
    int backingSize = in.readInt();
    require(backingOffset == 0 && backingSize == 0, "a backing file is refused");
    in.readInt(); // bits of a cluster
    long virtualBytes = in.readLong();
    require(in.readInt() == 0, "an encrypted disk is refused");
    in.skipNBytes(4 + 8 + 8 + 4 + 4 + 8); // tables and snapshots
    if (version == 3) {
      long incompatible = in.readLong();
      require((incompatible & EXTERNAL_DATA) == 0, "an external data file is refused");
      require((incompatible & CORRUPT) == 0, "the file is marked as corrupt");
      in.skipNBytes(8 + 8 + 4); // compatible features, automatic clearing, refcount order
      in.skipNBytes(Math.max(0, in.readInt() - 104));
      extensions(in);
    }
    require(virtualBytes > 0, "the disk has no size");
    return new Qcow2Header(virtualBytes);
  }

  private static void extensions(DataInputStream in) throws IOException {
    int type = in.readInt();
    while (type != 0) {
      require(type != DATA_FILE_NAME, "an external data file is refused");
      require(type != BACKING_FORMAT, "a backing file is refused");
      int length = in.readInt();
      require(length >= 0 && length <= 65_536, "a header extension is too long");
      in.skipNBytes((length + 7) / 8 * 8L);
      type = in.readInt();
    }
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new HostException(reason);
    }
  }
}
