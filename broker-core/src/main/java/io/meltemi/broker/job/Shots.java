package io.meltemi.broker.job;

import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Images of machines, snapshots of machines, and snapshots of volumes: all are taken, awaited and
 * removed alike.
 */
public interface Shots {
  /** What can be taken. */
  enum Sort {
    IMAGE("MachineImage"),
    MACHINE_SNAPSHOT("MachineSnapshot"),
    VOLUME_SNAPSHOT("VolumeImage");

    private final String word;

    Sort(String word) {
      this.word = word;
    }

    /** What a finding calls it. */
    public String word() {
      return word;
    }

    /** The one of that word. */
    public static Optional<Sort> named(String word) {
      return Arrays.stream(values()).filter(sort -> sort.word.equals(word)).findFirst();
    }

    /** What the row stands for. */
    public static Sort of(Row row) {
      return of(row.kind(), SnapshotBook.is(row));
    }

    /**
     * @param kind of the row
     * @param snapshot of a machine
     */
    static Sort of(String kind, boolean snapshot) {
      if (snapshot) return MACHINE_SNAPSHOT;
      return kind.equals(SnapshotBook.KIND) ? IMAGE : VOLUME_SNAPSHOT;
    }
  }

  /**
   * One of them as its provider shows it.
   *
   * @param id by which the provider wants it named in orders
   */
  record Shot(Images.State state, String id, Optional<String> reason) {}

  Handle take(Handle subject, String name, Token token);

  List<Handle> find(Token token);

  /** Every one in the account that bears a token. */
  List<Marked> list();

  Optional<Shot> read(Handle shot);

  void delete(Handle shot);

  static Shots of(Connector connector, Sort sort) {
    return switch (sort) {
      case IMAGE -> new OfMachines(connector);
      case MACHINE_SNAPSHOT ->
          new Snapped(connector.machineSnapshots(), connector.machineSnapshots()::take);
      case VOLUME_SNAPSHOT -> new Snapped(connector.snapshots(), connector.volumes()::snapshot);
    };
  }

  /** Images of machines. */
  record OfMachines(Connector connector) implements Shots {
    @Override
    public Handle take(Handle subject, String name, Token token) {
      return connector.machines().capture(subject, name, token);
    }

    @Override
    public List<Handle> find(Token token) {
      return connector.images().find(token);
    }

    @Override
    public List<Marked> list() {
      return connector.images().list();
    }

    @Override
    public Optional<Shot> read(Handle shot) {
      return connector
          .images()
          .read(shot)
          .map(seen -> new Shot(seen.state(), seen.imageId(), seen.reason()));
    }

    @Override
    public void delete(Handle shot) {
      connector.images().delete(shot);
    }
  }

  /** Snapshots of machines or volumes. */
  record Snapped(Snapshots all, Taking taking) implements Shots {
    /** Asks for one. */
    interface Taking {
      Handle take(Handle subject, String name, Token token);
    }

    @Override
    public Handle take(Handle subject, String name, Token token) {
      return taking.take(subject, name, token);
    }

    @Override
    public List<Handle> find(Token token) {
      return all.find(token);
    }

    @Override
    public List<Marked> list() {
      return all.list();
    }

    @Override
    public Optional<Shot> read(Handle shot) {
      return all.read(shot).map(seen -> new Shot(seen.state(), shot.value(), seen.reason()));
    }

    @Override
    public void delete(Handle shot) {
      all.delete(shot);
    }
  }
}
