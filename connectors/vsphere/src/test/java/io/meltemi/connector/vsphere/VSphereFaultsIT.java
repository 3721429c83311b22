package io.meltemi.connector.vsphere;

import io.meltemi.connector.kit.FaultSuite;
import io.meltemi.connector.kit.Rig;
import java.time.Duration;

/** Every mishap between the connector and the vCenter of dev/vsphere. */
class VSphereFaultsIT extends FaultSuite {
  private static final Lab LAB = new Lab();

  @Override
  protected Rig rig() {
    return VSphereRig.behindProxy(LAB);
  }

  @Override
  protected Duration limit() {
    return Duration.ofSeconds(4);
  }
}
