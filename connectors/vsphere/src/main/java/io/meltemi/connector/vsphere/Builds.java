package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clones that this connector began and whose end it has not seen. Their tasks tell more than the
 * inventory does: that one is on its way, and why it failed. After a restart the inventory alone is
 * asked: it shows what is being made, and nothing of what failed.
 */
final class Builds {
  /** A refusal mostly comes at once; so long it is waited for. */
  private static final Duration EARLY = Duration.ofSeconds(1);

  private final VCenter vcenter;
  private final Map<Handle, Build> all = new ConcurrentHashMap<>();

  record Build(Handle handle, Identity.Kind kind, Token token, Ref task, String name) {}

  Builds(VCenter vcenter) {
    this.vcenter = vcenter;
  }

  /** Takes note of a clone that a vCenter has accepted, unless it refuses it right away. */
  void begun(Build build) {
    all.put(build.handle(), build);
    Optional<VimFault> early = early(vcenter, build.task());
    if (early.isPresent()) {
      all.remove(build.handle());
      throw Faults.of(early.get(), Fault.UNKNOWN);
    }
  }

  /**
   * How a task failed, should it do so at once. It is accepted, whatever becomes of the looking.
   */
  static Optional<VimFault> early(VCenter vcenter, Ref task) {
    try {
      return vcenter.await(task, EARLY).flatMap(Progress::error);
    } catch (ConnectorException e) {
      return Optional.empty();
    }
  }

  Optional<Build> of(Handle handle) {
    return Optional.ofNullable(all.get(handle));
  }

  List<Build> of(Identity.Kind kind) {
    return all.values().stream().filter(build -> build.kind() == kind).toList();
  }

  void forget(Handle handle) {
    all.remove(handle);
  }

  /**
   * True until the task of its clone has ended. The inventory may show the machine before: it takes
   * no orders yet, and not all of its settings may be there.
   */
  boolean running(Handle handle) {
    return of(handle).flatMap(this::progress).filter(how -> !how.ended()).isPresent();
  }

  /** How it stands; a task that the vCenter has forgotten tells nothing any more. */
  Optional<Progress> progress(Build build) {
    Optional<Progress> progress = vcenter.progress(build.task());
    if (progress.isEmpty()) {
      forget(build.handle());
    }
    return progress;
  }
}
