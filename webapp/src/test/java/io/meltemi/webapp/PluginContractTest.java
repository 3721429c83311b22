package io.meltemi.webapp;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The connector of a jar from elsewhere keeps its promises, loaded as the broker loads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginContractTest extends ConnectorContract {
  private ExamplePlugin plugin;
  private ConnectorFactory factory;
  @TempDir private Path cloud;

  @BeforeAll
  void load(@TempDir Path work) throws Exception {
    plugin = ExamplePlugin.build(work);
    plugin.into(work.resolve("plugins"));
    Plugins plugins = new Plugins(work.resolve("plugins"), List.of());
    plugins.load(List.of(plugin.listed()), List.of());
    factory = plugins.factories().getFirst();
  }

  @Override
  protected Rig rig() {
    return plugin.rig(factory, cloud);
  }
}
