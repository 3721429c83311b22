package org.example.paper;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The provider: a folder. A sheet is there whole or not at all, so what fails here certainly did
 * not happen, and every fault but a refusal is {@link Fault#TRANSIENT}. One broker at a time.
 */
final class Folder {
  private final Path top;
  private final JsonMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  Folder(Path top) {
    this.top = top;
  }

  Offering offering() {
    return tried(
        () -> json.readValue(Files.readAllBytes(top.resolve("cloud.json")), Offering.class));
  }

  /** All sheets, in the order of their names. */
  List<Sheet> sheets() {
    offering(); // an empty folder is no cloud without machines
    return tried(() -> {
      if (!Files.isDirectory(machines())) return List.of();
      try (Stream<Path> files = Files.list(machines())) {
        return files
            .filter(file -> file.toString().endsWith(".json"))
            .sorted()
            .map(this::read)
            .flatMap(Optional::stream)
            .toList();
      }
    });
  }

  Optional<Sheet> sheet(String id) {
    offering();
    return tried(() -> read(file(id)));
  }

  /** Refused as {@link Fault#QUOTA} when there are {@code most} already. */
  synchronized void add(Sheet sheet, long most) {
    if (sheets().size() >= most) {
      throw new ConnectorException(Fault.QUOTA, "this cloud takes " + most + " machines");
    }
    write(sheet);
  }

  /** False when there is no such sheet. */
  synchronized boolean change(String id, UnaryOperator<Sheet> change) {
    Optional<Sheet> before = sheet(id);
    before.map(change).ifPresent(this::write);
    return before.isPresent();
  }

  synchronized void remove(String id) {
    tried(() -> Files.deleteIfExists(file(id)));
  }

  private void write(Sheet sheet) {
    tried(() -> {
      Path whole = file(sheet.id());
      if (!Files.isDirectory(machines())) Files.createDirectory(machines());
      Path part = Files.createTempFile(machines(), "sheet", ".part");
      Files.write(part, json.writeValueAsBytes(sheet));
      return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    });
  }

  private Optional<Sheet> read(Path file) {
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), Sheet.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path machines() {
    return top.resolve("machines");
  }

  /** A handle is what we made it; anything else names no sheet and leads nowhere. */
  private Path file(String id) {
    String name = id.matches("[0-9a-f-]{36}") ? id : "none";
    return machines().resolve(name + ".json");
  }

  private interface Reading<T> {
    T now() throws IOException;
  }

  private static <T> T tried(Reading<T> reading) {
    try {
      return reading.now();
    } catch (IOException | UncheckedIOException e) {
      throw new ConnectorException(Fault.TRANSIENT, "the folder cannot be used: " + e, e);
    }
  }
}
