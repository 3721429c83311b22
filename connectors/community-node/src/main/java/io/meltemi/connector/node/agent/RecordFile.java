package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.Wire;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A record on disk. */
final class RecordFile<T> {
  private final Path file;
  private final Class<T> type;
  private final Wire wire = Wire.own();

  RecordFile(Path folder, String name, Class<T> type) {
    this.file = folder.resolve(name + ".json");
    this.type = type;
  }

  /** A machine's record. */
  static RecordFile<MachineRecord> ofMachine(Path folder) {
    return new RecordFile<>(folder, "record", MachineRecord.class);
  }

  /** Empty when there is none: then nothing was ever done in the folder, or all was undone. */
  Optional<T> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(wire.read(Files.readString(file), type));
    } catch (IOException e) {
      throw new HostException("cannot read " + file, e);
    }
  }

  boolean present() {
    return Files.exists(file);
  }

  void write(T record) {
    try {
      Files.createDirectories(file.resolveSibling("."));
    } catch (IOException e) {
      throw new HostException("cannot make the folder of " + file, e);
    }
    DurableFile.write(file, wire.text(record));
  }
}
