package org.example.paper;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.Rig;
import io.meltemi.pivot.MachineOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A paper cloud for trying, with every power over it that files give. Knows the connector by its
 * factory alone, so it tries the jar as well as the classes.
 */
public final class PaperRig implements Rig {
  private static final String STRANGER = "11111111-1111-4111-8111-111111111111";

  private final ConnectorFactory factory;
  private final Path folder;

  /**
   * @param folder empty
   */
  public PaperRig(ConnectorFactory factory, Path folder) {
    this.factory = factory;
    this.folder = folder;
    offers(8);
  }

  private void offers(long machines) {
    write(
        folder.resolve("cloud.json"),
        """
        {"place": "desk", "machines": %d, "images": ["blank"],
         "sizes": [{"name": "small", "cpu": 1, "memoryMebibytes": 512}]}
        """
            .formatted(machines));
  }

  private Connector opened(String account, Path where) {
    return factory.open(
        Map.of("folder", where.toString()),
        new ConnectorFactory.Context(
            account, Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @Override
  public Connector open() {
    return opened("ours", folder);
  }

  @Override
  public Spot spot() {
    return new Spot("desk", Optional.of("small"), "blank");
  }

  @Override
  public MachineOrder order(String name) {
    return Orders.plain(name, 1, 524288);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Optional<Opening> opening() {
    return Optional.of(new Opening(factory, Map.of("folder", folder.toString())));
  }

  @Override
  public Optional<Consumer<Handle>> stopsBehindOurBack() {
    return Optional.of(machine -> {
      Path sheet = sheet(machine.value());
      write(sheet, read(sheet).replace("STARTED", "STOPPED"));
    });
  }

  @Override
  public Optional<Consumer<Handle>> removesBehindOurBack() {
    return Optional.of(machine -> tried(() -> Files.deleteIfExists(sheet(machine.value()))));
  }

  @Override
  public Optional<Supplier<Handle>> stranger() {
    return Optional.of(() -> {
      tried(() -> Files.createDirectories(folder.resolve("machines")));
      write(
          sheet(STRANGER),
          """
          {"id": "%s", "name": "not ours", "state": "STARTED", "cpu": 1, "memoryMebibytes": 64}
          """
              .formatted(STRANGER));
      return new Handle(STRANGER);
    });
  }

  @Override
  public Optional<Supplier<Connector>> otherBroker() {
    return Optional.of(() -> opened("theirs", folder));
  }

  @Override
  public Optional<Supplier<Connector>> unreachable() {
    return Optional.of(() -> opened("ours", folder.resolve("nowhere")));
  }

  @Override
  public Optional<Runnable> exhaustsQuota() {
    return Optional.of(() -> offers(0));
  }

  private Path sheet(String id) {
    return folder.resolve("machines").resolve(id + ".json");
  }

  private static String read(Path file) {
    return tried(() -> Files.readString(file));
  }

  private static void write(Path file, String text) {
    tried(() -> Files.writeString(file, text));
  }

  private interface Step<T> {
    T now() throws IOException;
  }

  private static <T> T tried(Step<T> step) {
    try {
      return step.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
