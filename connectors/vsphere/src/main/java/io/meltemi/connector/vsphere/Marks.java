package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Marks of machines. {@code extraConfig} is long and our part of it never changes, so a mark that
 * was read once is remembered: looking at a thousand machines reads a thousand names and states,
 * not their whole settings.
 */
final class Marks {
  private final VCenter vcenter;
  private final Identity identity;
  private final Map<Handle, Mark> known = new ConcurrentHashMap<>();

  Marks(VCenter vcenter, Identity identity) {
    this.vcenter = vcenter;
    this.identity = identity;
  }

  Optional<Mark> of(Seen machine) {
    return Optional.ofNullable(of(List.of(machine)).get(machine.ref()));
  }

  /** Marks by object; those without one of ours are left out. */
  Map<Ref, Mark> of(List<Seen> machines) {
    Map<Ref, Handle> unknown = new HashMap<>();
    Map<Ref, Mark> marks = new HashMap<>();
    for (Seen machine : machines) {
      machine.handle().ifPresent(handle -> unknown.put(machine.ref(), handle));
    }
    unknown.forEach((ref, handle) ->
        Optional.ofNullable(known.get(handle)).ifPresent(mark -> marks.put(ref, mark)));
    unknown.keySet().removeAll(marks.keySet());
    for (Facts facts : read(List.copyOf(unknown.keySet()))) {
      Optional.ofNullable(unknown.get(facts.ref()))
          .flatMap(handle -> learn(handle, facts))
          .ifPresent(mark -> marks.put(facts.ref(), mark));
    }
    return marks;
  }

  /** Those which no broker made. */
  List<Seen> foreign(List<Seen> machines) {
    Map<Ref, Seen> unknown = new HashMap<>();
    for (Seen machine : machines) {
      if (machine.handle().filter(handle -> !known.containsKey(handle)).isPresent()) {
        unknown.put(machine.ref(), machine);
      }
    }
    return read(List.copyOf(unknown.keySet())).stream()
        .filter(facts -> foreign(facts, Optional.ofNullable(unknown.get(facts.ref()))))
        .flatMap(facts -> Optional.ofNullable(unknown.get(facts.ref())).stream())
        .toList();
  }

  private static boolean foreign(Facts facts, Optional<Seen> machine) {
    List<Element> settings = facts.list("config.extraConfig");
    return machine
        .flatMap(Seen::handle)
        .filter(handle -> !Mark.anybodys(settings, Identity.Kind.MACHINE, handle))
        .isPresent();
  }

  private Optional<Mark> learn(Handle handle, Facts facts) {
    Optional<Mark> mark =
        Mark.read(facts.list("config.extraConfig"), identity, Identity.Kind.MACHINE, handle);
    mark.ifPresent(read -> known.put(handle, read));
    return mark;
  }

  void forget(Handle handle) {
    known.remove(handle);
  }

  /** One object that has gone meanwhile makes a vCenter refuse to tell of all. */
  private List<Facts> read(List<Ref> objects) {
    try {
      return vcenter.read(settings(objects));
    } catch (ConnectorException e) {
      if (!Faults.is(e, "ManagedObjectNotFound")) {
        throw e;
      }
      Stream<Ref> each = objects.stream();
      return each.flatMap(ref -> vcenter.readIfThere(settings(List.of(ref))).stream()).toList();
    }
  }

  private static Walk settings(List<Ref> objects) {
    return Walk.over(objects).note("VirtualMachine", "config.extraConfig");
  }
}
