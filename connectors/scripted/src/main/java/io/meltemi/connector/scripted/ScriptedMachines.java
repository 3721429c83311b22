package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Machines of an account of the scripted cloud. */
final class ScriptedMachines implements Machines {
  private final Cloud cloud;
  private final Tags tags;
  private final Clock clock;

  ScriptedMachines(Cloud cloud, Tags tags, Clock clock) {
    this.cloud = cloud;
    this.tags = tags;
    this.clock = clock;
  }

  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    return new Handle(
        cloud.change(
            new Change.Create(
                order.name(),
                spot.location(),
                spot.size(),
                order.amount(),
                spot.image(),
                tags.of(token),
                order.userDataBase64(),
                order.login().flatMap(MachineOrder.Login::publicKey),
                order.guestPorts(),
                spot.networks())));
  }

  @Override
  public List<Handle> find(Token token) {
    return look(cloud::machines).stream()
        .filter(machine -> tags.bears(machine.request().tags(), token))
        .map(machine -> new Handle(machine.id()))
        .toList();
  }

  @Override
  public List<Observation> list() {
    return look(cloud::machines).stream()
        .map(this::observation)
        .filter(observation -> observation.token().isPresent())
        .toList();
  }

  @Override
  public List<Observation> foreign() {
    return look(cloud::machines).stream()
        .filter(machine -> !Tags.anybodys(machine.request().tags()))
        .map(this::observation)
        .toList();
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    return look(() -> cloud.machine(machine.value())).map(this::observation);
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    cloud.change(new Change.Act(machine.value(), action));
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    return new Handle(cloud.change(new Change.Capture(machine.value(), name, tags.of(token))));
  }

  @Override
  public void delete(Handle machine) {
    cloud.change(new Change.Delete(machine.value()));
  }

  @Override
  public String console(Handle machine) {
    return look(() -> cloud.console(machine.value()));
  }

  private Observation observation(ScriptedMachine machine) {
    return new Observation(
        new Handle(machine.id()),
        tags.token(machine.request().tags()),
        machine.state(),
        machine.reason(),
        machine.request().name(),
        Optional.of(machine.shape()),
        machine.cards().stream()
            .map(card ->
                new Observation.Address(card.address(), card.network(), Optional.of(card.mac())))
            .toList(),
        endpoints(machine),
        clock.instant(),
        Tags.others(machine.request().tags()));
  }

  private static List<Observation.Endpoint> endpoints(ScriptedMachine machine) {
    if (machine.state() != MachineState.STARTED) {
      return List.of();
    }
    return machine.request().guestPorts().stream()
        .map(port -> new Observation.Endpoint(port, "tcp", machine.address(), port))
        .toList();
  }
}
