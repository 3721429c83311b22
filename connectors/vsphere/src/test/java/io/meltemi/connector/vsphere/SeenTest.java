package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.pivot.MachineState;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenTest {
  @ParameterizedTest
  @CsvSource({
    "poweredOff, connected, , STOPPED",
    "poweredOn, connected, , STARTED",
    "suspended, connected, , SUSPENDED",
    "poweredOff, connected, VirtualMachine.powerOn, STARTING",
    "poweredOff, connected, Datacenter.ExecuteVmPowerOnLRO, STARTING",
    "poweredOn, connected, VirtualMachine.powerOff, STOPPING",
    "poweredOn, connected, VirtualMachine.reset, STOPPING",
    "poweredOn, connected, VirtualMachine.suspend, SUSPENDING",
    "poweredOn, connected, VirtualMachine.clone, CAPTURING",
    "poweredOff, connected, VirtualMachine.destroy, DELETING",
    "poweredOn, connected, VirtualMachine.createSnapshot, STARTED",
    "poweredOn, connected, VirtualMachine.revertToCurrentSnapshot, RESTORING",
    "poweredOff, connected, vm.Snapshot.revert, RESTORING",
    "poweredOn, disconnected, , STARTED",
    "poweredOn, inaccessible, , ERROR",
    "poweredOff, orphaned, , ERROR"
  })
  void powerConnectionAndRunningTasksMakeTheState(
      String power, String connection, String task, MachineState state) {
    Seen seen = seen(power, connection, task == null ? Set.of() : Set.of(task));
    assertThat(seen.state()).isEqualTo(state);
    assertThat(seen.trouble().isPresent()).isEqualTo(state == MachineState.ERROR);
  }

  @Test
  void aMachineWithoutConfigurationIsStillBeingMade() {
    assertThat(seen("poweredOff", "connected", Set.of()).handle()).isEmpty();
  }

  private static Seen seen(String power, String connection, Set<String> tasks) {
    Map<String, Element> properties =
        Map.of(
            "runtime.powerState", Element.of("val", power),
            "runtime.connectionState", Element.of("val", connection));
    return new Seen(new Facts(new Ref("VirtualMachine", "vm-1"), properties), tasks);
  }
}
