package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Clouds which do wrong with networks. */
final class NetworkSpoils {
  private NetworkSpoils() {}

  static final List<Spoil> ALL =
      List.of(
          telling("lists no networks", networks -> List.of()),
          telling(
              "lists networks at places that do not exist",
              networks -> networks.stream().map(NetworkSpoils::nowhere).toList()),
          telling(
              "lists each network twice",
              networks -> {
                List<Inventory.Network> twice = new ArrayList<>(networks);
                twice.addAll(networks);
                return twice;
              }),
          creating(
              "adds a card in another network",
              (call, asked) -> {
                List<String> more = new ArrayList<>(asked.networks());
                if (!more.isEmpty()) more.add("net-1");
                return call.goOnWith(Edits.in(asked, more));
              }),
          creating(
              "takes any network for one that is not there",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.BAD_REQUEST) throw e;
                  return call.goOnWith(Edits.in(asked, List.of()));
                }
              }),
          creating(
              "drops networks where none can be chosen",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.UNSUPPORTED) throw e;
                  return call.goOnWith(Edits.in(asked, List.of()));
                }
              }));

  private interface Creating {
    @Nullable Object call(Twist.Call call, Change.Create asked);
  }

  private static Spoil creating(String name, Creating twist) {
    return Spoil.cloud(
        name,
        call ->
            call.asksFor(Change.Create.class)
                ? twist.call(call, call.argument(Change.Create.class))
                : call.goOn());
  }

  private static Spoil telling(String name, UnaryOperator<List<Inventory.Network>> change) {
    return Spoil.cloud(
        name,
        call ->
            Edits.each(
                call.goOn(), Inventory.class, facts -> facts.with(change.apply(facts.networks()))));
  }

  private static Inventory.Network nowhere(Inventory.Network network) {
    return new Inventory.Network(
        network.id(),
        network.name(),
        network.outside(),
        network.open(),
        network.mtu(),
        network.subnets(),
        Set.of("nowhere"));
  }
}
