package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.Marks.Marked;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Virtual machines of one folder. */
final class VSphereMachines implements Machines {
  private final Identity identity;
  private final Sight sight;
  private final Marks marks;
  private final Builds builds;
  private final Observing observing;
  private final Cloning cloning;
  private final Acting acting;
  private final Removal removal;

  VSphereMachines(Workshop workshop) {
    identity = workshop.identity();
    sight = workshop.sight();
    marks = workshop.marks();
    builds = workshop.builds();
    observing = workshop.observing();
    cloning = workshop.cloning();
    acting = workshop.acting();
    removal = workshop.removal();
  }

  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    return cloning.machine(order, spot, token);
  }

  @Override
  public List<Handle> find(Token token) {
    Handle handle = identity.handle(Identity.Kind.MACHINE, token);
    return read(handle).isPresent() ? List.of(handle) : List.of();
  }

  @Override
  public List<Observation> list() {
    List<Seen> made =
        sight.all().stream()
            .filter(seen -> !seen.template())
            .filter(seen -> seen.handle().filter(handle -> !builds.running(handle)).isPresent())
            .toList();
    Map<Ref, Marked> marked = marks.of(made);
    List<Observation> all = new ArrayList<>();
    for (Seen seen : made) {
      Marked settings = marked.getOrDefault(seen.ref(), Marked.NOT);
      if (settings.mark().isPresent()) {
        all.add(observing.made(seen, seen.handle().orElseThrow(), settings));
      }
    }
    all.addAll(unmade(all.stream().map(Observation::handle).collect(Collectors.toSet())));
    return all;
  }

  @Override
  public List<Observation> foreign() {
    List<Seen> made =
        sight.everywhere().stream()
            .filter(seen -> !seen.template())
            .filter(seen -> seen.handle().filter(handle -> !builds.running(handle)).isPresent())
            .toList();
    Map<Ref, Marked> foreign = marks.foreign(made);
    return made.stream()
        .flatMap(seen ->
            Optional.ofNullable(foreign.get(seen.ref()))
                .map(settings -> observing.made(seen, seen.handle().orElseThrow(), settings))
                .stream())
        .toList();
  }

  private List<Observation> unmade(Set<Handle> made) {
    made.forEach(builds::forget);
    return builds.of(Identity.Kind.MACHINE).stream()
        .flatMap(build -> builds.progress(build).map(how -> observing.of(build, how)).stream())
        .toList();
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    Optional<Seen> seen = sight.one(machine).filter(found -> !found.template());
    if (seen.isPresent() && seen.get().handle().isPresent() && !builds.running(machine)) {
      builds.forget(machine);
      return Optional.of(observing.made(seen.get(), machine, marks.of(seen.get())));
    }
    Optional<Build> build = builds.of(machine);
    Optional<Observation> clone =
        build.flatMap(known -> builds.progress(known).map(how -> observing.of(known, how)));
    if (clone.isPresent()) return clone;
    return seen.map(found -> observing.building(machine, build.map(Build::token), found.name()))
        .or(() -> builds.failed(machine).map(failed -> observing.of(machine, failed)));
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    acting.act(machine, action);
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    Seen source =
        sight
            .one(machine)
            .filter(seen -> seen.handle().isPresent() && !seen.template())
            .orElseThrow(() -> Acting.unknown(machine));
    return cloning.image(source, name, token);
  }

  @Override
  public void delete(Handle machine) {
    removal.remove(machine);
    marks.forget(machine);
  }

  @Override
  public String console(Handle machine) {
    throw new ConnectorException(Fault.UNSUPPORTED, "vSphere keeps no text of a machine's console");
  }
}
