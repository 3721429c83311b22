package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.time.Duration;
import java.util.Optional;

/** Makes an end of machines and templates, of those which are still being cloned too. */
final class Removal {
  /** Stopping by force and the end of a cancelled clone mostly take a second or two. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final VCenter vcenter;
  private final Sight sight;
  private final Builds builds;

  Removal(VCenter vcenter, Sight sight, Builds builds) {
    this.vcenter = vcenter;
    this.sight = sight;
    this.builds = builds;
  }

  void remove(Handle handle) {
    builds.of(handle).ifPresent(this::stop);
    Optional<Seen> seen = sight.one(handle);
    if (seen.isEmpty()) {
      builds.giveUp(handle);
      return;
    }
    if (seen.get().removing()) {
      return;
    }
    if (seen.get().handle().isEmpty()) {
      throw later("it is still being cloned");
    }
    try {
      switchOff(seen.get());
      letGoOfDisks(seen.get());
      Ref task = vcenter.begin(seen.get().ref(), Undertaking.DESTROY);
      succeeded(Builds.early(vcenter, task));
    } catch (ConnectorException e) {
      if (!Faults.is(e, "ManagedObjectNotFound")) {
        throw e;
      }
    }
  }

  /** Stops a clone, and forgets it when nothing can come of it any more. */
  private void stop(Build build) {
    Optional<Progress> progress = builds.progress(build);
    if (progress.isPresent() && !progress.get().ended()) {
      cancel(build.task());
      progress = vcenter.await(build.task(), PATIENCE);
    }
    if (progress.isPresent() && !progress.get().ended()) {
      throw later("its clone cannot be stopped");
    }
    builds.forget(build.handle());
  }

  /** A task that ends just now cannot be cancelled any more; some never can. */
  private void cancel(Ref task) {
    try {
      vcenter.cancel(task);
    } catch (ConnectorException e) {
      if (!Faults.is(e, "InvalidState", "NotSupported", "ManagedObjectNotFound")) {
        throw e;
      }
    }
  }

  private void switchOff(Seen machine) {
    if (!machine.vm().text("runtime.powerState").equals("poweredOn")) {
      return;
    }
    try {
      Ref task = vcenter.begin(machine.ref(), Undertaking.POWER_OFF);
      Optional<Progress> progress = vcenter.await(task, PATIENCE);
      succeeded(progress.flatMap(Progress::error));
      if (progress.isPresent() && !progress.get().ended()) {
        throw later("it is still being stopped");
      }
    } catch (ConnectorException e) {
      if (!Faults.is(e, "InvalidPowerState")) {
        throw e;
      }
    }
  }

  /** First-class disks stay: not every one may be set to outlive its machine. */
  private void letGoOfDisks(Seen machine) {
    for (String disk : Attaching.disks(vcenter, machine.ref())) {
      Ref task = vcenter.begin(machine.ref(), Undertaking.DETACH_DISK, Attaching.diskId(disk));
      Optional<Progress> progress = vcenter.await(task, PATIENCE);
      succeeded(progress.flatMap(Progress::error));
      if (progress.isPresent() && !progress.get().ended()) {
        throw later("a volume is still being detached");
      }
    }
  }

  private static void succeeded(Optional<VimFault> error) {
    if (error.isPresent()) {
      throw Faults.of(error.get(), Fault.UNKNOWN);
    }
  }

  private static ConnectorException later(String words) {
    return new ConnectorException(
        Fault.TRANSIENT, words + "; it is removed after that", null, Optional.of(PATIENCE));
  }
}
