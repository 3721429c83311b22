package io.meltemi.broker.job;

import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
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
  record Seen(Progress progress, Optional<String> reason) {}

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
