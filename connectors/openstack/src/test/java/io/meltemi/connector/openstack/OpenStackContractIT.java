package io.meltemi.connector.openstack;

import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Needs the OpenStack of dev/openstack; dev/openstack/contract brings it up and runs this.
 * Behaviours wait for nova most of their time, so several are tried side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class OpenStackContractIT extends ConnectorContract {
  private final Lab lab = new Lab();

  @Override
  protected Rig rig() {
    return new OpenStackRig(lab);
  }

  @Override
  protected Optional<String> column() {
    return Optional.of("openstack");
  }
}
