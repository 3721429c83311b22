package io.meltemi.connector.openstack;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Floating addresses of a project: made for a port, with the token in their description. */
final class OpenStackAddresses implements Addresses {
  private final Nova nova;
  private final Networking networking;
  private final Tags tags;
  private final Servers servers;
  private final Clock clock;

  OpenStackAddresses(Nova nova, Networking networking, Tags tags, Clock clock) {
    this.nova = nova;
    this.networking = networking;
    this.tags = tags;
    servers = new Servers(nova, tags);
    this.clock = clock;
  }

  /**
   * Neutron makes the address and leads it to the port in one call, or does neither. Which external
   * network a port's router leads to it tells only by refusing the others, for the router may be
   * somebody else's.
   */
  @Override
  public Handle lend(Handle machine, Token token) {
    URI neutron = Faults.asking(networking::needed);
    Optional<ConnectorException> refusal = Optional.empty();
    for (Neutron.Port port : ports(neutron, machine)) {
      for (String outside : Faults.asking(() -> networking.outside(neutron))) {
        try {
          return new Handle(made(neutron, port, outside, token).id());
        } catch (ConnectorException e) {
          if (!leadsElsewhere(e)) throw e;
          refusal = Optional.of(e);
        }
      }
    }
    String reason =
        refusal
            .map(ConnectorException::reason)
            .orElse("the machine has no card, or there is no external network");
    throw new ConnectorException(Fault.UNSUPPORTED, reason, refusal.orElse(null));
  }

  private List<Neutron.Port> ports(URI neutron, Handle machine) {
    List<Neutron.Port> ports =
        Faults.asking(() -> nova.neutron().portsOf(neutron, machine.value()).ports());
    if (ports.isEmpty() && Faults.asking(() -> servers.one(machine)).isEmpty()) {
      throw new ConnectorException(Fault.BAD_REQUEST, "there is no server " + machine.value());
    }
    return ports;
  }

  private Neutron.Created made(URI neutron, Neutron.Port port, String outside, Token token) {
    Map<String, Object> address =
        Map.of(
            "floating_network_id", outside, "port_id", port.id(), "description", tags.words(token));
    return Faults.changing(
        () -> nova.neutron().createFloatingIp(neutron, Map.of("floatingip", address)));
  }

  private static boolean leadsElsewhere(ConnectorException e) {
    return e.fault() == Fault.BAD_REQUEST && e.reason().contains("is not reachable from subnet");
  }

  @Override
  public List<Handle> find(Token token) {
    return lent().stream()
        .filter(address -> tags.bears(Tags.read(address.description()), token))
        .map(address -> new Handle(address.id()))
        .toList();
  }

  private List<Neutron.FloatingIp> lent() {
    URI neutron = Faults.asking(networking::present);
    return Faults.asking(() -> networking.lent(neutron));
  }

  @Override
  public List<AddressObservation> list() {
    boolean none = Faults.asking(nova::networking).isEmpty();
    return none ? List.of() : lent().stream().map(this::observe).toList();
  }

  @Override
  public Optional<AddressObservation> read(Handle address) {
    URI neutron = Faults.asking(networking::present);
    return Faults.asking(
            () -> Optional.ofNullable(nova.neutron().floatingIp(neutron, address.value())))
        .map(this::observe);
  }

  private AddressObservation observe(Neutron.FloatingIp address) {
    return new AddressObservation(
        new Handle(address.id()),
        tags.token(Tags.read(address.description())),
        address.ip(),
        clock.instant());
  }

  @Override
  public void release(Handle address) {
    URI neutron = Faults.asking(networking::present);
    Faults.changing(() -> nova.neutron().deleteFloatingIp(neutron, address.value()));
  }
}
