package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reverts that this connector began, by machine. Their tasks alone tell that one failed: the
 * machine then stays as it was. After a restart nothing is known of those that failed before.
 */
final class Reverts {
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
    return Optional.ofNullable(all.get(machine))
        .filter(revert -> revert.snapshot().equals(snapshot))
        .flatMap(revert -> progress(machine))
        .flatMap(Progress::error)
        .map(VimFault::words);
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
