package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.VolumeState;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The part of a bench where volumes are tried. */
final class VolumeBench {
  private final Bench bench;

  VolumeBench(Bench bench) {
    this.bench = bench;
  }

  /** Goes on only where volumes can be made. */
  VolumeBench needed() {
    bench.needs(Capability.VOLUME_CREATE);
    return this;
  }

  VolumeBench needed(Capability ability) {
    bench.needs(Capability.VOLUME_CREATE);
    bench.needs(ability);
    return this;
  }

  Volumes all() {
    return bench.connector().volumes();
  }

  Snapshots snapshots() {
    return bench.connector().snapshots();
  }

  /** Asks for a volume with a token of its own. */
  Handle create(String name) {
    return create(name, bench.token());
  }

  Handle create(String name, Token token) {
    return create(name, bench.rig().volumeSpot(), token);
  }

  Handle create(String name, VolumeSpot spot, Token token) {
    return all().create(bench.rig().volume(name), spot, token);
  }

  /** A volume that can be used. */
  Handle available(String name) {
    return available(create(name));
  }

  Handle available(Handle volume) {
    reaches(volume, VolumeState.AVAILABLE);
    return volume;
  }

  /** A volume that is attached to the machine. */
  Handle attached(String name, Handle machine) {
    Handle volume = available(name);
    all().attach(volume, machine);
    isAttached(volume, machine);
    return volume;
  }

  void isAttached(Handle volume, Handle machine) {
    bench.await(volume + " at " + machine, () -> read(volume).attachedTo(machine));
  }

  void standsAlone(Handle volume) {
    bench.await(
        volume + " standing alone",
        () -> all().read(volume).filter(VolumeBench::alone).isPresent());
  }

  private static boolean alone(VolumeObservation volume) {
    return volume.state() == VolumeState.AVAILABLE && volume.attachments().isEmpty();
  }

  /** A snapshot that can be used. */
  Handle snapshot(Handle volume, Token token) {
    Handle snapshot = all().snapshot(volume, "moment", token);
    BooleanSupplier ready =
        () ->
            snapshots()
                .read(snapshot)
                .filter(taken -> taken.state() == Images.State.READY)
                .isPresent();
    bench.await("a ready snapshot", ready);
    return snapshot;
  }

  VolumeObservation read(Handle volume) {
    return all().read(volume).orElseThrow();
  }

  void reaches(Handle volume, VolumeState wanted) {
    Optional<VolumeState> there = Optional.of(wanted);
    bench.await(
        wanted + " of " + volume,
        () -> all().read(volume).map(VolumeObservation::state).equals(there));
  }

  void vanishes(Handle volume) {
    bench.await("the end of " + volume, () -> all().read(volume).isEmpty());
  }

  /** Nothing bears the token. */
  void assertNone(Token token) {
    assertThat(all().find(token)).isEmpty();
  }

  /** Removes what bears the token, wherever it is attached. */
  void clear(Token token) {
    for (Handle volume : all().find(token)) {
      all().read(volume).map(VolumeObservation::attachments).stream()
          .flatMap(each -> each.stream())
          .forEach(each -> all().detach(volume, each.machine()));
      bench.comes(() -> gone(() -> all().delete(volume), () -> all().read(volume).isEmpty()));
    }
    bench.comes(() -> all().find(token).isEmpty());
  }

  void clearSnapshots(Token token) {
    BooleanSupplier over = () -> snapshots().find(token).isEmpty();
    for (Handle snapshot : snapshots().find(token)) {
      bench.comes(() -> gone(() -> snapshots().delete(snapshot), over));
    }
    bench.comes(over);
  }

  /** A provider that is still busy with it refuses until it is done. */
  private static boolean gone(Runnable removal, BooleanSupplier over) {
    try {
      removal.run();
      return true;
    } catch (ConnectorException e) {
      return over.getAsBoolean();
    }
  }
}
