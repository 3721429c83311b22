package org.example.paper;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One account: what it offers, and the way to its machines. */
final class PaperConnector implements Connector {
  private static final Set<Capability> ABILITIES =
      Set.of(Capability.START, Capability.STOP, Capability.FORCE_STOP, Capability.RESTART);

  private final Folder folder;
  private final Clock clock;
  private final PaperMachines machines;

  PaperConnector(Folder folder, String account, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.machines = new PaperMachines(folder, account, clock);
  }

  @Override
  public Inventory discover() {
    Offering cloud = folder.offering();
    return new Inventory(
        List.of(
            new Inventory.Place(
                Location.named(cloud.place()), Amount.UNLIMITED, ABILITIES, Optional.empty())),
        cloud.sizes().stream().map(PaperConnector::size).toList(),
        cloud.images().stream().map(PaperConnector::image).toList(),
        new Amount(
            cloud.machines(), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
        folder.sheets().stream().map(Sheet::shape).reduce(Amount.NONE, Amount::plus),
        clock.instant(),
        "paper");
  }

  private static Inventory.Size size(Offering.Size size) {
    return new Inventory.Size(
        Optional.of(size.name()), size.name(), size.shape(), Optional.empty(), Set.of());
  }

  private static Inventory.Image image(String name) {
    return new Inventory.Image(name, name, Optional.empty(), 0, 0, Set.of());
  }

  @Override
  public Machines machines() {
    return machines;
  }

  /** Machines on paper are not captured, so the account has no images of ours. */
  @Override
  public Images images() {
    return new Images() {
      @Override
      public List<Handle> find(Token token) {
        return List.of();
      }

      @Override
      public List<Marked> list() {
        return List.of();
      }

      @Override
      public Optional<Captured> read(Handle image) {
        return Optional.empty();
      }

      @Override
      public void delete(Handle image) {}
    };
  }

  /** Paper tells nothing by itself: the broker asks. */
  @Override
  public AutoCloseable watch(Consumer<Handle> changed) {
    return () -> {};
  }

  /** Nothing is held open between two calls. */
  @Override
  public void close() {}
}
