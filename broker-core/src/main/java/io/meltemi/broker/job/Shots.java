package io.meltemi.broker.job;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Images of machines, or snapshots of volumes: both are taken, awaited and removed alike. */
interface Shots {
  /** Name of the kind of what is taken of volumes. */
  String OF_VOLUME = "VolumeImage";

  /**
   * One of them as its provider shows it.
   *
   * @param id by which the provider wants it named in orders
   */
  record Shot(Images.State state, String id, Optional<String> reason) {}

  Handle take(Handle subject, String name, Token token);

  List<Handle> find(Token token);

  Optional<Shot> read(Handle shot);

  void delete(Handle shot);

  /**
   * @param kind of the row that stands for it
   */
  static Shots of(Connector connector, String kind) {
    return kind.equals(OF_VOLUME) ? new OfVolumes(connector) : new OfMachines(connector);
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

  /** Snapshots of volumes. */
  record OfVolumes(Connector connector) implements Shots {
    @Override
    public Handle take(Handle subject, String name, Token token) {
      return connector.volumes().snapshot(subject, name, token);
    }

    @Override
    public List<Handle> find(Token token) {
      return connector.snapshots().find(token);
    }

    @Override
    public Optional<Shot> read(Handle shot) {
      return connector
          .snapshots()
          .read(shot)
          .map(seen -> new Shot(seen.state(), shot.value(), seen.reason()));
    }

    @Override
    public void delete(Handle shot) {
      connector.snapshots().delete(shot);
    }
  }
}
