package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;

/** Servers of a project. */
final class OpenStackMachines implements Machines {
  private final Nova nova;
  private final OpenStackSettings settings;
  private final Networking networking;
  private final Zones zones;
  private final Tags tags;
  private final Servers servers;
  private final Observing observing;

  OpenStackMachines(
      Nova nova,
      OpenStackSettings settings,
      Networking networking,
      Zones zones,
      Tags tags,
      Clock clock) {
    this.nova = nova;
    this.settings = settings;
    this.networking = networking;
    this.zones = zones;
    this.tags = tags;
    servers = new Servers(nova, tags);
    observing = new Observing(nova, tags, clock);
  }

  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    String size =
        spot.size()
            .orElseThrow(() -> new ConnectorException(Fault.UNSUPPORTED, "a flavor must be named"));
    ExtraDisks disks = ExtraDisks.of(order);
    if (!disks.isEmpty()) Faults.asking(() -> zones.volumesFor(spot.location()));
    Map<String, String> metadata = new HashMap<>(tags.of(token));
    metadata.putAll(disks.metadata());
    CreateServerOptions options =
        new CreateServerOptions().metadata(metadata).availabilityZone(spot.location());
    disks.into(options, spot.image());
    List<String> named = spot.networks().isEmpty() ? settings.networks() : spot.networks();
    options.networks(named.isEmpty() ? networking.unnamed() : named);
    options.securityGroupNames(settings.securityGroups());
    order
        .userDataBase64()
        .ifPresent(data -> options.userData(Base64.getMimeDecoder().decode(data)));
    LoginKey key = new LoginKey(nova, token, order.login().flatMap(MachineOrder.Login::publicKey));
    return create(order, spot.image(), size, options, key, token);
  }

  private Handle create(
      MachineOrder order,
      String image,
      String size,
      CreateServerOptions options,
      LoginKey key,
      Token token) {
    return Faults.changing(() ->
        key.lending(name -> {
          name.ifPresent(options::keyPairName);
          return new Handle(
              nova.api()
                  .getServerApi(nova.region())
                  .create(named(order, token), image, size, options)
                  .getId());
        }));
  }

  private static String named(MachineOrder order, Token token) {
    return order.name().isBlank() ? token.value() : order.name();
  }

  @Override
  public List<Handle> find(Token token) {
    return Faults.asking(servers::ours).stream()
        .filter(server -> tags.bears(server.tags(), token))
        .map(server -> new Handle(server.id()))
        .toList();
  }

  @Override
  public List<Observation> list() {
    return Faults.asking(
        () -> servers.ours().stream().map(observing::observe).flatMap(Optional::stream).toList());
  }

  @Override
  public List<Observation> foreign() {
    return Faults.asking(() ->
        servers.foreign().stream().map(observing::observe).flatMap(Optional::stream).toList());
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    return Faults.asking(() -> servers.one(machine).flatMap(observing::observe));
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    new Acting(nova, servers).act(machine, action);
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    Map<String, String> metadata = new ImageOrigin(machine.value(), name).on(tags.dated(token));
    Map<String, Object> body = Map.of("createImage", Map.of("name", name, "metadata", metadata));
    return Faults.changing(
        () -> new Handle(nova.gaps().createImage(nova.region(), machine.value(), body)));
  }

  @Override
  public void delete(Handle machine) {
    Optional<Token> token =
        Faults.asking(() -> servers.one(machine)).flatMap(server -> tags.token(server.tags()));
    token.ifPresent(of -> Faults.changing(() -> LoginKey.forget(nova, of)));
    Faults.changing(() -> nova.api().getServerApi(nova.region()).delete(machine.value()));
  }

  @Override
  public String console(Handle machine) {
    String text = Faults.asking(() -> nova.gaps().console(nova.region(), machine.value(), 1000));
    return text.length() <= 65536 ? text : text.substring(text.length() - 65536);
  }
}
