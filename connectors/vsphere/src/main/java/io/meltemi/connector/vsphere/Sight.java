package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at virtual machines and templates. */
final class Sight {
  private static final Step TASKS = new Step("VirtualMachine", "recentTask");

  private final VCenter vcenter;
  private final Scope scope;

  Sight(VCenter vcenter, Scope scope) {
    this.vcenter = vcenter;
    this.scope = scope;
  }

  /** Everything in the account's folder. */
  List<Seen> all() {
    return scope.on(ground -> below(ground.folder()));
  }

  /** Everything that the datacenter shows to the account. */
  List<Seen> everywhere() {
    return scope.on(ground -> below(ground.machines()));
  }

  private List<Seen> below(Ref folder) {
    return seen(vcenter.read(noted(Walk.from(folder, Step.down(TASKS)))));
  }

  /**
   * The object of a handle, wherever it stands now. One that is still being made has no UUID yet
   * and is known by its name, in the folder where new ones go.
   */
  Optional<Seen> one(Handle handle) {
    if (!Identity.wellFormed(handle)) {
      return Optional.empty();
    }
    Optional<Seen> made = vcenter.byInstanceUuid(handle.value()).flatMap(this::at);
    return made.isPresent() ? made : beingMade(handle);
  }

  private Optional<Seen> at(Ref machine) {
    return seen(vcenter.readIfThere(noted(Walk.from(machine, TASKS)))).stream().findFirst();
  }

  /** Tasks of a machine that have not ended. */
  List<Ref> running(Ref machine) {
    return vcenter.readIfThere(noted(Walk.from(machine, TASKS))).stream()
        .filter(facts -> facts.ref().type().equals("Task") && running(facts))
        .map(Facts::ref)
        .toList();
  }

  private Optional<Seen> beingMade(Handle handle) {
    return scope.on(ground ->
        vcenter
            .read(
                Walk.from(ground.folder(), Step.down())
                    .note("VirtualMachine", "name", "config.instanceUuid"))
            .stream()
            .map(vm -> new Seen(vm, Set.of()))
            .filter(vm -> vm.handle().isEmpty() && Identity.bears(vm.name(), handle))
            .findFirst());
  }

  private static Walk noted(Walk walk) {
    return walk.note("VirtualMachine", Seen.paths())
        .note("Task", "info.state", "info.descriptionId");
  }

  private static List<Seen> seen(List<Facts> met) {
    Map<Ref, Facts> all = met.stream().collect(Collectors.toMap(Facts::ref, Function.identity()));
    return met.stream()
        .filter(facts -> facts.ref().type().equals("VirtualMachine"))
        .map(vm ->
            new Seen(
                vm,
                vm.refs("recentTask").stream()
                    .map(all::get)
                    .filter(Sight::running)
                    .map(task -> task.text("info.descriptionId"))
                    .collect(Collectors.toUnmodifiableSet())))
        .toList();
  }

  private static boolean running(@Nullable Facts task) {
    return task != null && task.text("info.state").matches("queued|running");
  }
}
