package org.example.paper;

import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the broker expects of a connector. */
class PaperContractTest extends ConnectorContract {
  @TempDir private Path folder;

  @Override
  protected Rig rig() {
    return new PaperRig(new PaperFactory(), folder);
  }
}
