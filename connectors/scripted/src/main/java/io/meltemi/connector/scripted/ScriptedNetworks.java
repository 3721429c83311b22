package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkOrder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Networks of an account of the scripted cloud. */
final class ScriptedNetworks implements Networks {
  private final Cloud cloud;
  private final Tags tags;
  private final Clock clock;

  ScriptedNetworks(Cloud cloud, Tags tags, Clock clock) {
    this.cloud = cloud;
    this.tags = tags;
    this.clock = clock;
  }

  @Override
  public Handle create(NetworkOrder order, String location, Token token) {
    return new Handle(
        cloud.change(
            new Change.CreateNetwork(order.name(), location, order.cidr(), tags.of(token))));
  }

  /** Everything comes by itself here. */
  @Override
  public void finish(Handle network, NetworkOrder order) {}

  @Override
  public List<Handle> find(Token token) {
    return look(cloud::networks).stream()
        .filter(network -> tags.bears(network.request().tags(), token))
        .map(network -> new Handle(network.id()))
        .toList();
  }

  @Override
  public List<NetworkObservation> list() {
    return look(cloud::networks).stream()
        .map(this::observation)
        .filter(observation -> observation.token().isPresent())
        .toList();
  }

  @Override
  public Optional<NetworkObservation> read(Handle network) {
    return look(() -> cloud.network(network.value())).map(this::observation);
  }

  @Override
  public void delete(Handle network) {
    cloud.change(new Change.DeleteNetwork(network.value()));
  }

  private NetworkObservation observation(ScriptedNetwork network) {
    return new NetworkObservation(
        new Handle(network.id()),
        tags.token(network.request().tags()),
        network.state(),
        network.reason(),
        network.request().name(),
        OptionalLong.empty(),
        network.subnet().stream().toList(),
        clock.instant());
  }
}
