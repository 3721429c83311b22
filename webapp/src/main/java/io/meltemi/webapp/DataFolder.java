package io.meltemi.webapp;

import com.sun.security.auth.module.UnixSystem;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds everything, taken by one process at a time. Nobody but its owner may look
 * into it.
 */
final class DataFolder implements AutoCloseable {
  /** Grows when an older program could not read what a newer one wrote. */
  static final int FORMAT = 1;

  private static final String FORMAT_FILE = "format";
  private static final List<String> PARTS = List.of("store", "keys", "node", "log");

  /** What may lie in a folder that is new to us: parts of ours, and what a mount brings. */
  private static final Set<String> OURS =
      Set.of("store", "keys", "node", "log", "lock", "plugins", "lost+found");

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the folder, which is made when it is not there.
   *
   * @throws StartException when it is in use, newer than this program, not ours to write, or a
   *     folder of something else
   */
  static DataFolder take(Path root) {
    try {
      checkContent(root);
      Files.createDirectories(root);
      FileChannel lock = lock(root);
      try {
        secure(root);
        for (String part : PARTS) secure(root.resolve(part));
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

  /** True when a broker has used the folder before. */
  static boolean used(Path root) {
    return Files.exists(root.resolve(FORMAT_FILE));
  }

  /** Modes and owners of all in it are going to be changed, so it must be meant for that. */
  private static void checkContent(Path root) throws IOException {
    if (!Files.isDirectory(root) || used(root)) return;
    try (Stream<Path> content = Files.list(root)) {
      Optional<String> foreign =
          content
              .map(path -> path.getFileName().toString())
              .filter(name -> !OURS.contains(name))
              .findFirst();
      if (foreign.isEmpty()) return;
      throw new StartException(
          "The folder "
              + root
              + " is no data folder of Meltemi (it holds "
              + foreign.get()
              + "); name a new or an empty one with --data.");
    }
  }

  /** Folders of another user, as the agent's and root's, are left as they are. */
  private static void secure(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!Files.getAttribute(folder, "unix:uid").equals((int) new UnixSystem().getUid())) return;
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
