package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.Terms;
import java.util.Optional;

/** The part of a bench where networks are made. */
final class NetworkBench {
  private final Bench bench;

  NetworkBench(Bench bench) {
    this.bench = bench;
  }

  /** Goes on only where networks can be made. */
  NetworkBench needed() {
    bench.needs(Capability.NETWORK_CREATE);
    return this;
  }

  /** Goes on only where they have ranges of addresses too. */
  NetworkBench withRanges() {
    NetworkBench made = needed();
    bench.needs(Capability.NETWORK_RANGE);
    return made;
  }

  Networks all() {
    return bench.connector().networks();
  }

  static NetworkOrder order(String name) {
    return new NetworkOrder(name, Optional.empty(), Terms.NONE);
  }

  static NetworkOrder order(String name, String range) {
    return new NetworkOrder(name, Optional.of(range), Terms.NONE);
  }

  Handle create(NetworkOrder order, Token token) {
    return all().create(order, bench.rig().spot().location(), token);
  }

  /** A network that cards can be in. */
  Handle started(String name) {
    return started(order(name), bench.token());
  }

  Handle started(NetworkOrder order, Token token) {
    return finished(create(order, token), order);
  }

  Handle finished(Handle network, NetworkOrder order) {
    bench.await(
        "STARTED of " + network,
        () -> {
          all().finish(network, order);
          return all()
              .read(network)
              .filter(seen -> seen.state() == NetworkState.STARTED)
              .isPresent();
        });
    return network;
  }

  NetworkObservation read(Handle network) {
    return all().read(network).orElseThrow();
  }

  void vanishes(Handle network) {
    bench.await("the end of " + network, () -> all().read(network).isEmpty());
  }

  /** Nothing bears the token. */
  void assertNone(Token token) {
    assertThat(all().find(token)).isEmpty();
  }

  /** Removes what bears the token, as soon as its machines are gone. */
  void clear(Token token) {
    for (Handle network : all().find(token)) bench.comes(() -> gone(network));
    bench.comes(() -> all().find(token).isEmpty());
  }

  private boolean gone(Handle network) {
    try {
      all().delete(network);
      return true;
    } catch (ConnectorException e) {
      return all().read(network).isEmpty();
    }
  }
}
