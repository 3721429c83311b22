package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Floating addresses of an account of the scripted cloud. */
final class ScriptedAddresses implements Addresses {
  private final Cloud cloud;
  private final Tags tags;
  private final Clock clock;

  ScriptedAddresses(Cloud cloud, Tags tags, Clock clock) {
    this.cloud = cloud;
    this.tags = tags;
    this.clock = clock;
  }

  @Override
  public Handle lend(Handle machine, Token token) {
    return new Handle(cloud.change(new Change.LendAddress(machine.value(), tags.of(token))));
  }

  @Override
  public List<Handle> find(Token token) {
    return look(cloud::addresses).stream()
        .filter(address -> tags.bears(address.request().tags(), token))
        .map(address -> new Handle(address.id()))
        .toList();
  }

  @Override
  public List<AddressObservation> list() {
    return look(cloud::addresses).stream()
        .map(this::observation)
        .filter(observation -> observation.token().isPresent())
        .toList();
  }

  @Override
  public Optional<AddressObservation> read(Handle address) {
    return look(() -> cloud.address(address.value())).map(this::observation);
  }

  @Override
  public void release(Handle address) {
    cloud.change(new Change.ReleaseAddress(address.value()));
  }

  private AddressObservation observation(ScriptedAddress address) {
    return new AddressObservation(
        new Handle(address.id()),
        tags.token(address.request().tags()),
        address.ip(),
        clock.instant());
  }
}
