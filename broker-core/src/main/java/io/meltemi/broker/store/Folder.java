package io.meltemi.broker.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of an embedded store: one process at a time. */
final class Folder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private Folder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static Folder lock(Path path) {
    try {
      Files.createDirectories(path, onlyOwner());
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw inUse(path);
      }
      sign(channel);
      return new Folder(path, channel);
    } catch (IOException e) {
      throw new StoreException(
          "The folder %s cannot be used: %s.".formatted(path, e),
          "Make it writable for this user, or choose another one.",
          e);
    }
  }

  private static FileAttribute<?>[] onlyOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** For whoever finds the folder in use. */
  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    String process = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.UTF_8)));
  }

  private static StoreException inUse(Path path) throws IOException {
    return new StoreException(
        "The folder %s is in use by process %s."
            .formatted(path, Files.readString(path.resolve("lock"))),
        "Stop that process, or choose another folder.",
        null);
  }

  /** Where the database's file is, without the ending that H2 gives it. */
  Path database() {
    return path.resolve("meltemi").toAbsolutePath();
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("The folder cannot be given free.", "End the process.", e);
    }
  }
}
