package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.MachineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesTest {
  @ParameterizedTest
  @CsvSource({
    "BUILD, spawning, CREATING",
    "ACTIVE, , STARTED",
    "ACTIVE, powering-off, STOPPING",
    "SHUTOFF, , STOPPED",
    "SHUTOFF, powering-on, STARTING",
    "PAUSED, , PAUSED",
    "PAUSED, unpausing, STARTING",
    "ACTIVE, suspending, SUSPENDING",
    "SUSPENDED, , SUSPENDED",
    "REBOOT, rebooting, STOPPING",
    "ACTIVE, image_uploading, CAPTURING",
    "ACTIVE, deleting, DELETING",
    "ERROR, , ERROR",
    "ERROR, deleting, DELETING"
  })
  void theTaskSaysWhereAServerIsGoing(String status, String task, MachineState state) {
    assertThat(States.of(server(status, task))).contains(state);
  }

  @Test
  void aDeletedServerIsGone() {
    assertThat(States.of(server("DELETED", null))).isEmpty();
  }

  private static NovaServer server(String status, @org.jspecify.annotations.Nullable String task) {
    return new NovaServer("1", "n", status, task, null, null, null, null, null);
  }
}
