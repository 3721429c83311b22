package io.meltemi.broker.account;

import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkOrder;
import java.util.List;
import java.util.Optional;

/** Networks behind the gate of their account. */
record IsolatedNetworks(Networks inner, Gate gate) implements Networks {
  @Override
  public Handle create(NetworkOrder order, String location, Token token) {
    return gate.change("create network", () -> inner.create(order, location, token));
  }

  @Override
  public void finish(Handle network, NetworkOrder order) {
    gate.change("finish network", () -> done(() -> inner.finish(network, order)));
  }

  @Override
  public List<Handle> find(Token token) {
    return gate.read("find network", () -> inner.find(token));
  }

  @Override
  public List<NetworkObservation> list() {
    return gate.read("list networks", inner::list);
  }

  @Override
  public Optional<NetworkObservation> read(Handle network) {
    return gate.read("read network", () -> inner.read(network));
  }

  @Override
  public void delete(Handle network) {
    gate.change("delete network", () -> done(() -> inner.delete(network)));
  }

  private static boolean done(Runnable call) {
    call.run();
    return true;
  }
}
