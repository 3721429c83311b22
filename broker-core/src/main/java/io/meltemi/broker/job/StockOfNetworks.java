package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Order;
import java.util.List;
import java.util.Optional;

/** The networks that were made in an account. */
record StockOfNetworks(Networks networks) implements Stock {
  @Override
  public Handle create(Order order, Placed placed) {
    return networks.create((NetworkOrder) order, placed.spot().location(), placed.token());
  }

  @Override
  public List<Handle> find(Token token) {
    return networks.find(token);
  }

  @Override
  public Optional<Seen> read(Handle handle) {
    return networks.read(handle).map(Seen.Network::new);
  }

  @Override
  public void delete(Handle handle) {
    networks.delete(handle);
  }
}
