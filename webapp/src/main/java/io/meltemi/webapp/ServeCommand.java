package io.meltemi.webapp;

import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsException;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meltemi serve}: the broker with everything embedded. */
@Command(
    name = "serve",
    description = "Starts the broker: store, node on this machine, API.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  private static final int CANNOT_START = 1;
  private static final int WRONG_SETTINGS = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--listen", paramLabel = "ADDRESS", description = "Address, 127.0.0.1 if absent.")
  private @Nullable String listen;

  @Option(names = "--port", paramLabel = "PORT", description = "Port, 8080 if absent.")
  private @Nullable String port;

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder, ./data if absent.")
  private @Nullable String data;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings (YAML).")
  private @Nullable Path config;

  @Option(names = "--demo", description = "With three clouds that exist on paper only.")
  private boolean demo;

  @Option(names = "--no-install", description = "Installs no programs for the node.")
  private boolean noInstall;

  @Option(names = "--no-node", description = "Starts no node on this machine.")
  private boolean noNode;

  @Option(names = "--behind-proxy", description = "TLS ends at a proxy in front of the broker.")
  private boolean behindProxy;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Surroundings around = Surroundings.real();
      Map<String, String> given = given(around);
      Settings settings = SettingsReader.read(Optional.empty(), given, Map.of());
      if (RootStart.wanted(around)) {
        return new RootStart(settings, given, demo, around, out).run();
      }
      if (!RootStart.keeps(around)) new NodeNeeds(settings.node(), out).provide(around);
      Serving serving = Serving.start(settings, demo, around, out);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> serving.stop(out), "stop"));
      serving.awaitReady(out);
      new CountDownLatch(1).await();
      return 0;
    } catch (SettingsException e) {
      err.println(e.getMessage());
      return WRONG_SETTINGS;
    } catch (StartException e) {
      err.println(e.getMessage());
      return CANNOT_START;
    }
  }

  /** All that was said, as variables; a demonstration has a folder of its own. */
  private Map<String, String> given(Surroundings around) {
    Map<String, String> given =
        SettingsReader.variables(Optional.ofNullable(config), around.environment(), flags());
    if (demo) given.putIfAbsent("MELTEMI_DATA", Path.of("data-demo").toAbsolutePath().toString());
    return given;
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    if (listen != null) flags.put("http.listen", listen);
    if (port != null) flags.put("http.port", port);
    if (data != null) flags.put("data", data);
    if (behindProxy) flags.put("http.behindProxy", "true");
    if (noInstall) flags.put("node.install", "false");
    if (noNode) flags.put("node.embedded", "false");
    return flags;
  }
}
