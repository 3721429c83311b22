package io.meltemi.connector.node.agent;

import java.util.Optional;

class QemuContractIT extends NodeContract {
  QemuContractIT() {
    super("qemu", "meltemi");
  }

  @Override
  protected Optional<String> column() {
    return Optional.of("community-node");
  }
}
