package io.meltemi.connector.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a world in a file, whole after every write and on disk before anybody is answered. */
final class StateFile {
  private final Path file;
  private final Path draft;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
    this.draft = this.file.resolveSibling(file.getFileName() + ".new");
  }

  Optional<World.Snapshot> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Texts.JSON.readValue(file.toFile(), World.Snapshot.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the scripted cloud's state " + file, e);
    }
  }

  void write(World.Snapshot snapshot) {
    try {
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(Texts.JSON.writeValueAsBytes(snapshot));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the scripted cloud's state " + file, e);
    }
  }
}
