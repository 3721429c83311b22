package io.meltemi.webapp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folder that holds everything, taken by one process at a time. Nobody but its owner may look
 * into it.
 */
final class DataFolder implements AutoCloseable {
  /** Grows when an older program could not read what a newer one wrote. */
  static final int FORMAT = 1;

  private static final String FORMAT_FILE = "format";

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the folder, which is made when it is not there.
   *
   * @throws StartException when it is in use, newer than this program, or not ours to write
   */
  static DataFolder take(Path root) {
    try {
      secure(root);
      for (String part : List.of("store", "keys", "node", "log")) secure(root.resolve(part));
      FileChannel lock = lock(root);
      try {
        checkFormat(root);
      } catch (StartException | IOException e) {
        lock.close();
        throw e;
      }
      return new DataFolder(root, lock);
    } catch (IOException e) {
      throw new StartException(
          "The data folder "
              + root
              + " cannot be used ("
              + e.getMessage()
              + "); choose another with --data or make it yours.",
          e);
    }
  }

  private static void secure(Path folder) throws IOException {
    if (Files.isDirectory(folder) && !Files.isReadable(folder)) return; // the agent's, and root's
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // another broker in this very process
    }
    if (lock != null) return channel;
    channel.close();
    throw new StartException(
        "The data folder "
            + root
            + " is in use by another Meltemi; stop that one or choose another with --data.");
  }

  private static void checkFormat(Path root) throws IOException {
    int found = format(root).orElse(FORMAT);
    if (found > FORMAT) {
      throw new StartException(
          "The data folder "
              + root
              + " was written by a newer Meltemi (format "
              + found
              + ", this one knows "
              + FORMAT
              + "); start that version, or choose another folder with --data.");
    }
    Files.writeString(root.resolve(FORMAT_FILE), FORMAT + "\n");
  }

  private static Optional<Integer> format(Path root) throws IOException {
    try {
      return Optional.of(Integer.parseInt(Files.readString(root.resolve(FORMAT_FILE)).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw new IOException("its file 'format' holds no number", e);
    }
  }

  Path root() {
    return root;
  }

  Path store() {
    return root.resolve("store");
  }

  Path keys() {
    return root.resolve("keys");
  }

  Path node() {
    return root.resolve("node");
  }

  Path log() {
    return root.resolve("log");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
