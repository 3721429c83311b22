package io.meltemi.connector.scripted;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time keeps a cloud's state file. It may outlive whoever started it, but not for
 * ever: it ends when another listens in its place, and when nobody has asked it anything for long.
 */
final class Tenure implements Closeable {
  private static final Duration UNUSED = Duration.ofHours(1);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final FileChannel lock;

  private Tenure(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Waits until no other process has the state file.
   *
   * @param address where this one is going to listen; a file there is removed, which ends the
   *     process that listens to it
   */
  static Tenure begin(Path state, Address address) throws IOException {
    if (address.file().isPresent()) Files.deleteIfExists(address.file().get());
    FileChannel lock =
        FileChannel.open(
            state.resolveSibling(state.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (lock.lock().isValid()) return new Tenure(lock);
    throw new IOException("no lock on " + state);
  }

  /** Closes the listener when its time is over. */
  static void watch(Listener listener, Address address) throws IOException {
    if (address.file().isEmpty()) return;
    Path file = address.file().get();
    Object ours = key(file);
    Thread.ofPlatform()
        .daemon()
        .name("tenure")
        .start(() -> {
          while (same(ours, file) && listener.unusedFor().compareTo(UNUSED) < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
          }
          listener.close();
        });
  }

  private static boolean same(@Nullable Object ours, Path file) {
    try {
      return ours == null || ours.equals(key(file));
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
