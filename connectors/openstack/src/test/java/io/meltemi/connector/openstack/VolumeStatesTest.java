package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Images;
import io.meltemi.pivot.VolumeState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeStatesTest {
  @ParameterizedTest
  @CsvSource({
    "creating, CREATING, true",
    "downloading, CREATING, true",
    "available, AVAILABLE, false",
    "reserved, AVAILABLE, true",
    "attaching, AVAILABLE, true",
    "in-use, AVAILABLE, false",
    "detaching, AVAILABLE, true",
    "uploading, CAPTURING, true",
    "backing-up, CAPTURING, true",
    "restoring-backup, RESTORING, true",
    "deleting, DELETING, true",
    "error, ERROR, false",
    "error_deleting, ERROR, false",
    "error_extending, ERROR, false",
    "a state of tomorrow, AVAILABLE, false"
  })
  void theStatusOfAVolumeInOurWords(String status, VolumeState state, boolean busy) {
    assertThat(VolumeStates.of(volume(status))).contains(state);
    assertThat(VolumeStates.busy(status)).isEqualTo(busy);
  }

  @Test
  void aDeletedVolumeIsGone() {
    assertThat(VolumeStates.of(volume("deleted"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "creating, MAKING",
    "available, READY",
    "deleting, MAKING",
    "error, FAILED",
    "error_deleting, FAILED"
  })
  void theStatusOfASnapshotInOurWords(String status, Images.State state) {
    assertThat(VolumeStates.of(new CinderSnapshot("1", status, Map.of()))).isEqualTo(state);
  }

  private static CinderVolume volume(String status) {
    return new CinderVolume("1", "v", status, 1, null, null, null);
  }
}
