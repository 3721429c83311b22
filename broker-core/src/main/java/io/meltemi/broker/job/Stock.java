package io.meltemi.broker.job;

import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.Order;
import java.util.List;
import java.util.Optional;

/**
 * What an account has of one sort, machines, volumes or networks, as far as making, removing and
 * sweeping treat them alike.
 */
interface Stock {
  /** How far a thing is. */
  enum Progress {
    BUILDING,
    READY,
    BROKEN,
    LEAVING
  }

  /** A thing as its provider shows it. */
  sealed interface Seen {
    Progress progress();

    Optional<String> reason();

    record Machine(Observation shown) implements Seen {
      @Override
      public Progress progress() {
        return switch (shown.state()) {
          case STARTED, STOPPED, PAUSED, SUSPENDED -> Progress.READY;
          case ERROR, FAILED -> Progress.BROKEN;
          case DELETING -> Progress.LEAVING;
          case CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING ->
              Progress.BUILDING;
        };
      }

      @Override
      public Optional<String> reason() {
        return shown.reason();
      }
    }

    record Volume(VolumeObservation shown) implements Seen {
      @Override
      public Progress progress() {
        return switch (shown.state()) {
          case AVAILABLE -> Progress.READY;
          case ERROR -> Progress.BROKEN;
          case DELETING -> Progress.LEAVING;
          case CREATING, CAPTURING, RESTORING -> Progress.BUILDING;
        };
      }

      @Override
      public Optional<String> reason() {
        return shown.reason();
      }
    }

    record Network(NetworkObservation shown) implements Seen {
      @Override
      public Progress progress() {
        return switch (shown.state()) {
          case CREATING -> Progress.BUILDING;
          case STARTED -> Progress.READY;
          case DELETING -> Progress.LEAVING;
          case ERROR -> Progress.BROKEN;
        };
      }

      @Override
      public Optional<String> reason() {
        return shown.reason();
      }
    }
  }

  Handle create(Order order, Placed placed);

  List<Handle> find(Token token);

  Optional<Seen> read(Handle handle);

  void delete(Handle handle);

  /** The stock that things of this row's kind are in. */
  static Stock of(Connector connector, Row row) {
    return of(connector, row.kind());
  }

  static Stock of(Connector connector, String kind) {
    return switch (kind) {
      case VolumeBook.KIND -> new StockOfVolumes(connector.volumes());
      case NetworkBook.KIND -> new StockOfNetworks(connector.networks());
      default -> new StockOfMachines(connector.machines());
    };
  }
}
