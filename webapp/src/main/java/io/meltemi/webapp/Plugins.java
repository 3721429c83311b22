package io.meltemi.webapp;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.webapp.settings.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connectors of others: one jar each, which the operator has listed with its digest. One that
 * cannot be loaded keeps nobody else from being served: it is refused, and told.
 */
final class Plugins {
  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  private final Path folder;
  private final List<ConnectorFactory> factories;
  private final List<String> refused = new ArrayList<>();

  /**
   * @param known connectors that are there already; a plug-in takes none of their names
   */
  Plugins(Path folder, List<ConnectorFactory> known) {
    this.folder = folder;
    this.factories = new ArrayList<>(known);
  }

  /** Loads those that are listed; of any other jar no class is ever read. */
  void load(List<Plugin> listed, List<Path> jars) {
    listed.forEach(this::load);
    for (Path jar : jars) {
      String file = jar.getFileName().toString();
      if (listed.stream().noneMatch(plugin -> plugin.file().equals(file))) tellUnlisted(jar, file);
    }
  }

  /** The known ones and those that were loaded. */
  List<ConnectorFactory> factories() {
    return List.copyOf(factories);
  }

  /** A sentence for each that was not loaded, for the operator. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void load(Plugin plugin) {
    Path jar = folder.resolve(plugin.file()).normalize();
    if (!folder.equals(jar.getParent()) || !Files.isRegularFile(jar)) {
      refuse(plugin.file(), "is not in " + folder, "put it there or unlist it");
      return;
    }
    try {
      String found = digest(jar);
      if (found.equals(plugin.sha256())) {
        add(plugin.file(), new ConnectorLoader(plugin.file(), List.of(jar)));
      } else {
        refuse(
            plugin.file(),
            "is not what was listed: its SHA-256 is " + found,
            "if that is right, put it into the setting plugins");
      }
    } catch (IOException | ServiceConfigurationError | LinkageError e) {
      refuse(plugin.file(), "cannot be loaded (" + e + ")", "put a whole one there");
    }
  }

  private void add(String file, ConnectorLoader loader) {
    List<ConnectorFactory> found = loader.services(ConnectorFactory.class);
    if (found.isEmpty()) {
      refuse(file, "holds no connector", "its factory must stand in META-INF/services");
    }
    for (ConnectorFactory factory : found) {
      String name = factory.name();
      if (factories.stream().anyMatch(known -> known.name().equals(name))) {
        refuse(file, "calls its connector " + name + ", as another is called", "rename it");
      } else {
        factories.add(factory);
      }
    }
  }

  private void tellUnlisted(Path jar, String file) {
    try {
      refuse(
          file,
          "is not listed",
          "if you trust it, put " + file + "=" + digest(jar) + " into the setting plugins");
    } catch (IOException e) {
      refuse(file, "is not listed and cannot be read (" + e + ")", "remove it");
    }
  }

  private void refuse(String file, String why, String remedy) {
    String sentence = "The plug-in " + file + " " + why + "; " + remedy + ".";
    LOG.warn("{}", sentence);
    refused.add(sentence);
  }

  private static String digest(Path jar) throws IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
