package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.VolumeState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Snapshots of volumes. */
interface SnapshotBehaviours extends Behaviours {
  private VolumeBench volumes() {
    return bench().volumes().needed(Capability.VOLUME_SNAPSHOT);
  }

  @Test
  default void aSnapshotIsFoundByItsTokenAndBecomesReady() {
    VolumeBench volumes = volumes();
    Token token = bench().token();
    Handle snapshot = volumes.snapshot(volumes.available("model"), token);
    assertThat(volumes.snapshots().find(token)).containsExactly(snapshot);
    assertThat(volumes.snapshots().list()).containsOnlyOnce(new Marked(snapshot, token));
  }

  @Test
  default void aSnapshotKeepsItsVolume() {
    VolumeBench volumes = volumes();
    Handle volume = volumes.available("model");
    volumes.snapshot(volume, bench().token());
    volumes.standsAlone(volume);
  }

  @Test
  default void aVolumeIsMadeOfASnapshot() {
    VolumeBench volumes = volumes();
    Handle snapshot = volumes.snapshot(volumes.available("model"), bench().token());
    Handle copy = volumes.create("copy", of(snapshot), bench().token());
    volumes.available(copy);
    assertThat(volumes.read(copy).capacityKilobytes())
        .isGreaterThanOrEqualTo(bench().rig().volume("any").capacityKilobytes());
  }

  @Test
  default void aVolumeOfAnUnknownSnapshotIsABadRequest() {
    VolumeBench volumes = volumes();
    Handle snapshot = volumes.snapshot(volumes.available("model"), bench().token());
    Token token = bench().token();
    Handle unknown = ReadingBehaviours.Handles.unknownLike(snapshot);
    assertThat(Bench.fault(() -> volumes.create("never", of(unknown), token)))
        .isEqualTo(Fault.BAD_REQUEST);
    volumes.assertNone(token);
  }

  @Test
  default void aSnapshotIsNoVolumeAndAVolumeNoSnapshot() {
    VolumeBench volumes = volumes();
    Token ofVolume = bench().token();
    Token ofSnapshot = bench().token();
    Handle volume = volumes.available(volumes.create("model", ofVolume));
    volumes.snapshot(volume, ofSnapshot);
    volumes.assertNone(ofSnapshot);
    assertThat(volumes.snapshots().find(ofVolume)).isEmpty();
  }

  @Test
  default void aDeletedSnapshotIsGoneAndCanBeDeletedAgain() {
    VolumeBench volumes = volumes();
    Token token = bench().token();
    Handle snapshot = volumes.snapshot(volumes.available("model"), token);
    volumes.snapshots().delete(snapshot);
    bench().await("the end of it", () -> volumes.snapshots().read(snapshot).isEmpty());
    assertThat(volumes.snapshots().find(token)).isEmpty();
    assertThat(volumes.snapshots().list()).extracting(Marked::token).doesNotContain(token);
    assertThatCode(() -> volumes.snapshots().delete(snapshot)).doesNotThrowAnyException();
  }

  @Test
  default void findingASnapshotByAnUnknownTokenIsEmpty() {
    assertThat(bench().volumes().snapshots().find(bench().token())).isEmpty();
  }

  @Test
  default void readingAnUnknownSnapshotIsEmpty() {
    VolumeBench volumes = volumes();
    Handle snapshot = volumes.snapshot(volumes.available("model"), bench().token());
    Handle unknown = ReadingBehaviours.Handles.unknownLike(snapshot);
    assertThat(volumes.snapshots().read(unknown)).isEmpty();
  }

  @Test
  default void aSnapshotOfAnUnknownVolumeIsABadRequest() {
    VolumeBench volumes = volumes();
    Handle unknown = ReadingBehaviours.Handles.unknownLike(volumes.available("known"));
    Token token = bench().token();
    assertThat(Bench.fault(() -> volumes.all().snapshot(unknown, "never", token)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(volumes.snapshots().find(token)).isEmpty();
  }

  @Test
  default void anUndeclaredSnapshotIsRefusedAsUnsupportedAndLeavesNothing() {
    Handle volume = UndeclaredBehaviours.volumeWithoutSnapshots(bench());
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().volumes().all().snapshot(volume, "never", token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(bench().volumes().snapshots().find(token)).isEmpty();
    bench().await("the volume as it was", () -> asBefore(volume));
  }

  private boolean asBefore(Handle volume) {
    return bench()
        .volumes()
        .all()
        .read(volume)
        .map(seen -> seen.state() == VolumeState.AVAILABLE)
        .orElse(true);
  }

  private VolumeSpot of(Handle snapshot) {
    VolumeSpot spot = bench().rig().volumeSpot();
    return new VolumeSpot(spot.location(), spot.type(), Optional.of(snapshot));
  }
}
