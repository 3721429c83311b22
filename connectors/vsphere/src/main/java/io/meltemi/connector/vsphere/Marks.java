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
 * What stands in the settings of machines, or of images. {@code extraConfig} is long, so what was
 * read of ours is remembered until the vCenter tells of another version of the settings: looking at
 * a thousand machines reads a thousand names and states, not their whole settings.
 */
final class Marks {
  private static final String SETTINGS = "config.extraConfig";

  private final VCenter vcenter;
  private final Identity identity;
  private final Identity.Kind kind;
  private final Map<Handle, Known> known = new ConcurrentHashMap<>();

  /**
   * @param mark empty where it is not one of ours
   * @param others settings for which CIMI has no word
   */
  record Marked(Optional<Mark> mark, Map<String, String> others) {
    static final Marked NOT = new Marked(Optional.empty(), Map.of());
  }

  private record Known(String version, Marked marked) {}

  Marks(VCenter vcenter, Identity identity, Identity.Kind kind) {
    this.vcenter = vcenter;
    this.identity = identity;
    this.kind = kind;
  }

  Marked of(Seen machine) {
    return of(List.of(machine)).getOrDefault(machine.ref(), Marked.NOT);
  }

  /** By object. */
  Map<Ref, Marked> of(List<Seen> machines) {
    Map<Ref, Marked> marked = new HashMap<>();
    Map<Ref, Seen> unknown = new HashMap<>();
    for (Seen machine : machines) {
      if (machine.handle().isEmpty()) continue;
      Known before = known.get(machine.handle().get());
      if (before != null && before.version().equals(machine.version())) {
        marked.put(machine.ref(), before.marked());
      } else {
        unknown.put(machine.ref(), machine);
      }
    }
    for (Facts facts : read(List.copyOf(unknown.keySet()))) {
      Optional.ofNullable(unknown.get(facts.ref()))
          .ifPresent(machine -> marked.put(facts.ref(), learn(machine, facts)));
    }
    return marked;
  }

  /** Those which no broker made, by object. */
  Map<Ref, Marked> foreign(List<Seen> machines) {
    Map<Ref, Handle> unknown = new HashMap<>();
    for (Seen machine : machines) {
      machine
          .handle()
          .filter(handle -> !known.containsKey(handle))
          .ifPresent(handle -> unknown.put(machine.ref(), handle));
    }
    Map<Ref, Marked> foreign = new HashMap<>();
    for (Facts facts : read(List.copyOf(unknown.keySet()))) {
      Handle handle = unknown.get(facts.ref());
      List<Element> settings = facts.list(SETTINGS);
      if (handle != null && !Mark.anybodys(settings, kind, handle)) {
        foreign.put(facts.ref(), new Marked(Optional.empty(), OtherSettings.of(settings)));
      }
    }
    return foreign;
  }

  private Marked learn(Seen machine, Facts facts) {
    Handle handle = machine.handle().orElseThrow();
    List<Element> settings = facts.list(SETTINGS);
    Optional<Mark> mark = Mark.read(settings, identity, kind, handle);
    Marked marked = new Marked(mark, OtherSettings.of(settings));
    if (mark.isPresent()) known.put(handle, new Known(machine.version(), marked));
    return marked;
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
    return Walk.over(objects).note("VirtualMachine", SETTINGS);
  }
}
