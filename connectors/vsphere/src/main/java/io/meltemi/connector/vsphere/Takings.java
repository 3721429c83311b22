package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images.State;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots.Taken;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Snapshots of one kind while they are being taken: first their tasks tell, then the vCenter. */
record Takings(Builds builds, Identity.Kind kind) {
  Stream<Marked> running() {
    return builds.of(kind).stream()
        .filter(build -> builds.running(build.handle()))
        .map(build -> new Marked(build.handle(), build.token()));
  }

  /**
   * @param there whether the vCenter has it
   */
  Optional<Taken> read(Handle snapshot, BooleanSupplier there) {
    Optional<Progress> taking = builds.of(snapshot).flatMap(builds::progress);
    if (taking.filter(how -> !how.ended()).isPresent()) {
      return Optional.of(new Taken(snapshot, State.MAKING, Optional.empty()));
    }
    if (there.getAsBoolean()) {
      builds.forget(snapshot);
      return Optional.of(new Taken(snapshot, State.READY, Optional.empty()));
    }
    return taking
        .flatMap(Progress::error)
        .map(VimFault::words)
        .map(words -> new Taken(snapshot, State.FAILED, Optional.of(words)));
  }

  /** Before its end; one that is still being taken is removed after that. */
  void forget(Handle snapshot) {
    if (builds.running(snapshot)) {
      throw new ConnectorException(
          Fault.TRANSIENT, "it is still being taken; it is removed after that");
    }
    builds.forget(snapshot);
  }
}
