package org.example.paper;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens accounts of paper clouds. Its name stands in META-INF/services. */
public final class PaperFactory implements ConnectorFactory {
  @Override
  public String name() {
    return "paper";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            "folder", "absolute path of the cloud's folder", true, false, Optional.empty()));
  }

  @Override
  public Connector open(Map<String, String> settings, Context context) {
    return new PaperConnector(
        new Folder(path(settings.getOrDefault("folder", ""))), context.account(), context.clock());
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("folder: " + e.getReason(), e);
    }
    throw new IllegalArgumentException("folder must be an absolute path, was '" + text + "'");
  }
}
