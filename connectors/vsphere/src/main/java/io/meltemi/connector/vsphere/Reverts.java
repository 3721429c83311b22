package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reverts that this connector began, by machine. Their tasks alone tell that one failed: the
 * machine then stays as it was. After a restart the vCenter, which lists a machine's tasks for some
 * minutes, is asked for the last one, whoever began it.
 */
final class Reverts {
  private static final Step TASKS = new Step("VirtualMachine", "recentTask");
  private static final String[] FACTS = {"info.descriptionId", "info.queueTime"};

  private final VCenter vcenter;
  private final Map<Handle, Revert> all = new ConcurrentHashMap<>();

  private record Revert(Handle snapshot, Ref task) {}

  Reverts(VCenter vcenter) {
    this.vcenter = vcenter;
  }

  void begun(Handle machine, Handle snapshot, Ref task) {
    all.put(machine, new Revert(snapshot, task));
  }

  boolean running(Handle machine) {
    return progress(machine).filter(how -> !how.ended()).isPresent();
  }

  /** Why the machine was not reverted to the snapshot, when that was what came last. */
  Optional<String> failure(Handle machine, Handle snapshot) {
    Revert known = all.get(machine);
    Optional<Progress> last = known == null ? last(machine) : progress(machine);
    return last.filter(how -> known == null || known.snapshot().equals(snapshot))
        .flatMap(Progress::error)
        .map(VimFault::words);
  }

  private Optional<Progress> last(Handle machine) {
    return vcenter.byInstanceUuid(machine.value()).stream()
        .flatMap(ref -> vcenter.readIfThere(Walk.from(ref, TASKS).note("Task", FACTS)).stream())
        .filter(facts -> Seen.isRevert(facts.text("info.descriptionId")))
        .max(Comparator.comparing(task -> OffsetDateTime.parse(task.text("info.queueTime"))))
        .flatMap(task -> vcenter.progress(task.ref()));
  }

  /** One that went well, or that the vCenter has forgotten, tells nothing any more. */
  private Optional<Progress> progress(Handle machine) {
    Revert revert = all.get(machine);
    if (revert == null) return Optional.empty();
    Optional<Progress> progress = vcenter.progress(revert.task());
    boolean over = progress.map(how -> how.ended() && how.error().isEmpty()).orElse(true);
    if (over) all.remove(machine, revert);
    return progress;
  }
}
