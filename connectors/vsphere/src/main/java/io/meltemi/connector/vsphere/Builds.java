package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.FailedClone;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clones that this connector began and whose end it has not seen. Their tasks tell more than the
 * inventory does: that one is on its way, and why it failed. After a restart the inventory shows
 * what is being made. A task does not tell the name of what it was to make, so which one was ours
 * cannot be proven; the event of a clone that failed does, and is asked for. Of a first-class disk
 * there is no such event.
 */
final class Builds {
  /** A refusal mostly comes at once; so long it is waited for. */
  private static final Duration EARLY = Duration.ofSeconds(1);

  /** So long a failure of a clone is looked for. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private final VCenter vcenter;
  private final Scope scope;
  private final Clock clock;
  private final Map<Handle, Build> all = new ConcurrentHashMap<>();

  /** Clones whose failure was told, or that nobody wants any more. */
  private final Set<Handle> over = ConcurrentHashMap.newKeySet();

  record Build(Handle handle, Identity.Kind kind, Token token, Ref task, String name) {}

  Builds(VCenter vcenter, Scope scope, Clock clock) {
    this.vcenter = vcenter;
    this.scope = scope;
    this.clock = clock;
  }

  /** Takes note of a clone that a vCenter has accepted, unless it refuses it right away. */
  void begun(Build build) {
    all.put(build.handle(), build);
    Optional<VimFault> early = early(vcenter, build.task());
    if (early.isPresent()) {
      giveUp(build.handle());
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

  /** What came of it is of no interest any more. */
  void giveUp(Handle handle) {
    forget(handle);
    over.add(handle);
  }

  /**
   * The clone of this handle that another connector began and that failed. One that was refused for
   * its name alone came second: the first one's fate counts.
   */
  Optional<FailedClone> failed(Handle handle) {
    if (!Identity.wellFormed(handle) || over.contains(handle)) return Optional.empty();
    Instant since = clock.instant().minus(MEMORY);
    return scope.on(ground -> vcenter.failedClones(ground.datacenter(), since)).stream()
        .filter(clone -> Identity.bears(clone.name(), handle))
        .filter(clone -> !clone.why().type().equals("DuplicateName"))
        .findFirst();
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
