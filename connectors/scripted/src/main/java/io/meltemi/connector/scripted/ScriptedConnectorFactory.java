package io.meltemi.connector.scripted;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens accounts of scripted clouds: of one that this factory keeps in memory, made from a file or
 * given to it, or of one that is a process of its own. A cloud in memory lives as long as its
 * factory and is the same for all accounts.
 */
public final class ScriptedConnectorFactory implements ConnectorFactory {
  private static final String IN_MEMORY = "memory:";

  private final Map<String, ScriptedCloud> clouds = new ConcurrentHashMap<>();

  public ScriptedConnectorFactory() {}

  /** Knows these clouds under the address {@code memory:NAME}. */
  public ScriptedConnectorFactory(List<ScriptedCloud> known) {
    known.forEach(cloud -> clouds.put(IN_MEMORY + cloud.name(), cloud));
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        setting("file", "script of a cloud that lives in the broker's memory", false),
        new Setting(
            "address",
            "cloud that is a process: unix:PATH or 127.0.0.1:PORT",
            false,
            false,
            Optional.empty(),
            true),
        setting("password", "password of the cloud, where its script asks for one", true));
  }

  private static Setting setting(String name, String description, boolean secret) {
    return new Setting(name, description, false, secret, Optional.empty());
  }

  @Override
  public Connector open(Map<String, String> settings, Context context) {
    Optional<String> password = Optional.ofNullable(settings.get("password"));
    String address = settings.getOrDefault("address", "");
    String file = settings.getOrDefault("file", "");
    if (address.isEmpty() == file.isEmpty()) {
      throw new IllegalArgumentException("exactly one of file and address must be given");
    }
    if (!file.isEmpty()) {
      ScriptedCloud cloud =
          clouds.computeIfAbsent(
              file, path -> new ScriptedCloud(CloudScript.read(Path.of(path)), context.clock()));
      return new ScriptedConnector(cloud.door(password), context);
    }
    if (address.startsWith(IN_MEMORY)) {
      ScriptedCloud cloud = clouds.get(address);
      if (cloud == null) {
        throw new IllegalArgumentException("address: there is no cloud " + address);
      }
      return new ScriptedConnector(cloud.door(password), context);
    }
    Address parsed = Address.parse(address);
    Caller caller = new Caller(parsed, () -> parsed.by(context.outgoing()), password);
    return new ScriptedConnector(caller.as(Cloud.class), context);
  }
}
