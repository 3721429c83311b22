package io.meltemi.connector.scripted;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds and connectors which do wrong with the networks that they make. */
final class OwnNetworkSpoils {
  private OwnNetworkSpoils() {}

  private static final List<Spoil> MAKING =
      List.of(
          creating(
              "makes two networks of one creation",
              (call, asked) -> {
                call.goOn();
                return call.goOn();
              }),
          creating(
              "forgets tokens of networks",
              (call, asked) -> call.goOnWith(with(asked, asked.name(), asked.subnet(), Map.of()))),
          creating(
              "cuts names of networks",
              (call, asked) ->
                  call.goOnWith(
                      with(asked, asked.name().substring(0, 3), asked.subnet(), asked.tags()))),
          creating(
              "takes another range than was asked",
              (call, asked) ->
                  call.goOnWith(with(asked, asked.name(), Optional.empty(), asked.tags()))),
          creating(
              "gives every network the same range",
              (call, asked) ->
                  call.goOnWith(
                      with(
                          asked,
                          asked.name(),
                          asked.subnet().or(() -> Optional.of("10.20.0.0/24")),
                          asked.tags()))),
          creating(
              "makes networks of another place or range than was asked",
              (call, asked) -> forgiving(Fault.BAD_REQUEST, call, asked)),
          creating(
              "makes networks where none are made",
              (call, asked) -> forgiving(Fault.UNSUPPORTED, call, asked)),
          creating(
              "leaves out a range where networks have none",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (!e.reason().contains("NETWORK_RANGE")) throw e;
                  return call.goOnWith(with(asked, asked.name(), Optional.empty(), asked.tags()));
                }
              }),
          creating(
              "gives networks a range where they have none",
              (call, asked) ->
                  call.goOnWith(
                      asked.place().equals("free") && asked.subnet().isEmpty()
                          ? new Change.CreateNetwork(
                              asked.name(), "north", Optional.empty(), asked.tags())
                          : asked)),
          creating(
              "sends a creation of a network again when no answer came",
              (call, asked) -> forgiving(Fault.UNKNOWN, call, asked)));

  private static final List<Spoil> LIVING =
      List.of(
          Spoil.cloudWith(
              "shows its own networks in discovery",
              rig ->
                  call -> Edits.each(call.goOn(), Inventory.class, facts -> telling(facts, rig))),
          Spoil.cloudWith(
              "lets no machine into the networks that it made",
              rig ->
                  call -> {
                    if (call.asksFor(Change.Create.class)
                        && made(rig, call.argument(Change.Create.class).networks())) {
                      throw new ConnectorException(Fault.BAD_REQUEST, "no such network");
                    }
                    return call.goOn();
                  }),
          Spoil.cloudWith(
              "puts machines without a choice into the network that it made",
              rig ->
                  call -> {
                    if (!call.asksFor(Change.Create.class)) return call.goOn();
                    Change.Create asked = call.argument(Change.Create.class);
                    List<String> all =
                        rig.cloud.everyNetwork().stream().map(ScriptedNetwork::id).toList();
                    return asked.networks().isEmpty() && !all.isEmpty()
                        ? call.goOnWith(Edits.in(asked, all))
                        : call.goOn();
                  }),
          Spoil.cloudWith(
              "deletes networks with machines in them",
              rig ->
                  call -> {
                    if (!call.asksFor(Change.DeleteNetwork.class)) return call.goOn();
                    try {
                      return call.goOn();
                    } catch (ConnectorException e) {
                      if (e.fault() != Fault.BAD_REQUEST) throw e;
                      String network = call.argument(Change.DeleteNetwork.class).network();
                      rig.cloud.vanish(network);
                      return network;
                    }
                  }),
          networks(
              "fails where nothing is to be finished",
              call -> {
                Networks honest = (Networks) call.honest();
                if (call.is("finish") && !building(honest, call.argument(Handle.class))) {
                  throw new ConnectorException(Fault.BAD_REQUEST, "nothing to finish");
                }
                return call.goOn();
              }),
          networks(
              "finds networks by the beginning of a token",
              call -> call.is("find") ? beginning(call) : call.goOn()),
          networks(
              "fails when a network is not there",
              call -> {
                Object answer = call.goOn();
                if (Optional.empty().equals(answer)) {
                  throw new ConnectorException(Fault.BAD_REQUEST, "not found");
                }
                return answer;
              }),
          networks(
              "lists only the first network",
              call ->
                  call.is("list") ? found(call.goOn()).stream().limit(1).toList() : call.goOn()));

  private static final List<Spoil> DELETING =
      List.of(
          Spoil.cloud(
              "deletes no networks and says it did",
              call ->
                  call.asksFor(Change.DeleteNetwork.class)
                      ? call.argument(Change.DeleteNetwork.class).network()
                      : call.goOn()),
          Spoil.cloudWith(
              "refuses to delete networks that are not there or not ready",
              rig ->
                  call -> {
                    if (call.asksFor(Change.DeleteNetwork.class)
                        && !ready(rig, call.argument(Change.DeleteNetwork.class).network())) {
                      throw new ConnectorException(Fault.BAD_REQUEST, "cannot be deleted");
                    }
                    return call.goOn();
                  }));

  static final List<Spoil> ALL = Stream.of(MAKING, LIVING, DELETING).flatMap(List::stream).toList();

  private interface Creating {
    @Nullable Object call(Twist.Call call, Change.CreateNetwork asked);
  }

  private static Spoil creating(String name, Creating twist) {
    return Spoil.cloud(
        name,
        call ->
            call.asksFor(Change.CreateNetwork.class)
                ? twist.call(call, call.argument(Change.CreateNetwork.class))
                : call.goOn());
  }

  private static Spoil networks(String name, Twist twist) {
    return Spoil.connector(
        name,
        call ->
            call.is("networks")
                ? Twist.of(Networks.class, ((Connector) call.honest()).networks(), twist)
                : call.goOn());
  }

  /** Asks again, for what cannot be refused, when it was refused so. */
  private static @Nullable Object forgiving(
      Fault fault, Twist.Call call, Change.CreateNetwork asked) {
    try {
      return call.goOn();
    } catch (ConnectorException e) {
      if (e.fault() != fault) throw e;
      return call.goOnWith(
          new Change.CreateNetwork(asked.name(), "north", Optional.empty(), asked.tags()));
    }
  }

  private static Change.CreateNetwork with(
      Change.CreateNetwork asked, String name, Optional<String> subnet, Map<String, String> tags) {
    return new Change.CreateNetwork(name, asked.place(), subnet, tags);
  }

  private static Inventory telling(Inventory facts, ScriptedRig rig) {
    List<Inventory.Network> all = new ArrayList<>(facts.networks());
    rig.cloud.everyNetwork().forEach(network -> all.add(network.facts()));
    return facts.with(all);
  }

  private static boolean made(ScriptedRig rig, List<String> ids) {
    return rig.cloud.everyNetwork().stream().anyMatch(network -> ids.contains(network.id()));
  }

  private static boolean ready(ScriptedRig rig, String id) {
    return rig.cloud.everyNetwork().stream()
        .anyMatch(network -> network.id().equals(id) && network.state() == NetworkState.STARTED);
  }

  private static boolean building(Networks honest, Handle network) {
    return honest.read(network).filter(seen -> seen.state() == NetworkState.CREATING).isPresent();
  }

  private static List<?> found(@Nullable Object answer) {
    return (List<?>) Objects.requireNonNull(answer);
  }

  private static List<Handle> beginning(Twist.Call call) {
    String token = call.argument(Token.class).value();
    return ((Networks) call.honest())
        .list().stream()
            .filter(o -> o.token().filter(t -> t.value().startsWith(token)).isPresent())
            .map(NetworkObservation::handle)
            .toList();
  }
}
