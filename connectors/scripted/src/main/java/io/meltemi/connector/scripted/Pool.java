package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.Capability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The floating addresses of the world and the rules by which they are lent. */
final class Pool {
  private CloudScript script;
  private final World world;
  private final Map<String, ScriptedAddress> lent = new LinkedHashMap<>();

  Pool(CloudScript script, World world) {
    this.script = script;
    this.world = world;
  }

  void follow(CloudScript next) {
    script = next;
  }

  List<ScriptedAddress> addresses() {
    return List.copyOf(lent.values());
  }

  Optional<ScriptedAddress> address(String id) {
    return Optional.ofNullable(lent.get(id));
  }

  void restore(List<ScriptedAddress> kept) {
    kept.forEach(address -> lent.put(address.id(), address));
  }

  String lend(Change.LendAddress asked) {
    ScriptedMachine machine =
        world.machine(asked.machine()).orElseThrow(() -> World.unknown(asked.machine()));
    world.demand(machine, Capability.FLOATING_ADDRESS);
    checkQuota();
    ScriptedAddress address = new ScriptedAddress(world.newId("a"), asked, free());
    lent.put(address.id(), address);
    ScriptedMachine.Card first = machine.cards().getFirst();
    ScriptedMachine.Card outside =
        new ScriptedMachine.Card(first.network(), address.ip(), first.mac());
    world.put(machine.with(Stream.concat(Stream.of(outside), machine.cards().stream()).toList()));
    return address.id();
  }

  private void checkQuota() {
    long limit = script.networkLimit().addresses();
    if (lent.size() >= limit) {
      throw new ConnectorException(
          Fault.QUOTA, "quota of floating addresses is " + limit + ", all are used");
    }
  }

  private String free() {
    List<String> taken = lent.values().stream().map(ScriptedAddress::ip).toList();
    return script.floating().stream()
        .flatMap(floating -> floating.addresses().stream())
        .filter(ip -> !taken.contains(ip))
        .findFirst()
        .orElseThrow(() -> new ConnectorException(Fault.CAPACITY, "no floating address is left"));
  }

  String release(Change.ReleaseAddress asked) {
    remove(asked.address());
    return asked.address();
  }

  /** Its machine, if it still stands, goes on without it. */
  void remove(String id) {
    ScriptedAddress address = lent.remove(id);
    if (address == null) return;
    world
        .machine(address.request().machine())
        .ifPresent(machine ->
            world.put(
                machine.with(
                    machine.cards().stream()
                        .filter(card -> !card.address().equals(address.ip()))
                        .toList())));
    world.changed();
  }
}
