package io.meltemi.connector.openstack;

import io.meltemi.connector.kit.FaultSuite;
import io.meltemi.connector.kit.Rig;

/** Every mishap between the connector and the OpenStack of dev/openstack. */
class OpenStackFaultsIT extends FaultSuite {
  private final Lab lab = new Lab();

  @Override
  protected Rig rig() {
    return new OpenStackRig(lab);
  }
}
