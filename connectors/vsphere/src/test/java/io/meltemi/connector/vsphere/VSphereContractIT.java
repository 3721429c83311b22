package io.meltemi.connector.vsphere;

import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import java.util.Optional;

/** Needs the vCenter of dev/vsphere; dev/ci/vsphere brings it up and runs this. */
class VSphereContractIT extends ConnectorContract {
  private static final Lab LAB = new Lab();

  @Override
  protected Rig rig() {
    return new VSphereRig(LAB);
  }

  @Override
  protected Optional<String> column() {
    return Optional.of("vsphere");
  }
}
