package io.meltemi.connector.scripted;

import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import java.util.Optional;

class ScriptedConnectorContractTest extends ConnectorContract {
  @Override
  protected Rig rig() {
    return new ScriptedRig(Spoils.NONE);
  }

  @Override
  protected Optional<String> column() {
    return Optional.of("scripted");
  }
}
