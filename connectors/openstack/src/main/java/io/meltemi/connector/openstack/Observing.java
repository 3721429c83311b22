package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.Amount;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;

/** Makes observations of servers. Remembers the shapes of flavors, which never change. */
final class Observing {
  private final Nova nova;
  private final Tags tags;
  private final Clock clock;
  private final Map<String, Amount> shapes = new ConcurrentHashMap<>();

  Observing(Nova nova, Tags tags, Clock clock) {
    this.nova = nova;
    this.tags = tags;
    this.clock = clock;
  }

  /** Empty for a server that is gone. */
  Optional<Observation> observe(NovaServer server) {
    return States.of(server)
        .map(state ->
            new Observation(
                new Handle(server.id()),
                tags.token(server.tags()),
                state,
                Optional.ofNullable(server.fault()).map(NovaServer.Trouble::message),
                server.name() == null ? "" : server.name(),
                shape(server),
                addresses(server),
                List.of(),
                clock.instant(),
                Tags.others(server.tags())));
  }

  private Optional<Amount> shape(NovaServer server) {
    return Optional.ofNullable(server.flavor())
        .map(NovaServer.Flavor::id)
        .map(id -> shapes.computeIfAbsent(id, this::shape))
        .filter(shape -> !shape.equals(Amount.NONE))
        .map(shape -> shape.plus(new Amount(0, 0, 0, ExtraDisks.kilobytes(server.tags()))));
  }

  /** {@link Amount#NONE} for a flavor that was removed. */
  private Amount shape(String flavorId) {
    Flavor flavor = nova.api().getFlavorApi(nova.region()).get(flavorId);
    return flavor == null ? Amount.NONE : Discovery.shape(flavor);
  }

  /** Floating addresses first. */
  private static List<Observation.Address> addresses(NovaServer server) {
    if (server.addresses() == null) {
      return List.of();
    }
    return server.addresses().entrySet().stream()
        .flatMap(
            network -> network.getValue().stream().map(port -> Map.entry(network.getKey(), port)))
        .sorted(Comparator.comparing(entry -> "floating".equals(entry.getValue().type()) ? 0 : 1))
        .map(entry ->
            new Observation.Address(
                entry.getValue().addr(),
                entry.getKey(),
                Optional.ofNullable(entry.getValue().mac())))
        .toList();
  }
}
