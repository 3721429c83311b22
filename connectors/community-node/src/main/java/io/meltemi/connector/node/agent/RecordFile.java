package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.Wire;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A machine's record on disk. */
final class RecordFile {
  private final Path file;
  private final Wire wire = Wire.own();

  RecordFile(Path folder) {
    file = folder.resolve("record.json");
  }

  /** Empty when there is none: then nothing was ever done in the folder, or all was undone. */
  Optional<MachineRecord> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(wire.read(Files.readString(file), MachineRecord.class));
    } catch (IOException e) {
      throw new HostException("cannot read " + file, e);
    }
  }

  boolean present() {
    return Files.exists(file);
  }

  void write(MachineRecord record) {
    try {
      Files.createDirectories(file.resolveSibling("."));
    } catch (IOException e) {
      throw new HostException("cannot make the folder of " + file, e);
    }
    DurableFile.write(file, wire.text(record));
  }
}
