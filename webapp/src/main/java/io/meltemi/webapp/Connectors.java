package io.meltemi.webapp;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.NodeDoor;
import io.meltemi.connector.NodePrograms;
import io.meltemi.webapp.settings.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds connectors: our own in a folder each, plug-ins as one jar each. Every one has a class
 * loader of its own.
 */
final class Connectors {
  private final List<ConnectorFactory> factories = new ArrayList<>();
  private final List<NodeDoor.Factory> nodeDoors = new ArrayList<>();
  private final List<NodePrograms> nodePrograms = new ArrayList<>();

  private Connectors() {}

  /**
   * Our own, as the deployable has them.
   *
   * @param own folder with a folder of jars for each
   * @throws StartException when one cannot be loaded
   */
  static Connectors load(Path own) {
    Connectors connectors = new Connectors();
    for (Path folder : listed(own, Files::isDirectory)) {
      connectors.add(folder.getFileName().toString(), jars(folder));
    }
    return connectors;
  }

  List<ConnectorFactory> factories() {
    return List.copyOf(factories);
  }

  /**
   * Ours and those of others.
   *
   * @param folder of the jars
   * @param listed those that may be loaded
   */
  Plugins plugins(Path folder, List<Plugin> listed) {
    Plugins plugins = new Plugins(folder, factories);
    plugins.load(listed, jars(folder));
    return plugins;
  }

  /** The broker's end of the node protocol; empty when that connector is not there. */
  Optional<NodeDoor.Factory> nodeDoor() {
    return nodeDoors.stream().findFirst();
  }

  /** The programs that a node on this machine needs. */
  Optional<NodePrograms> nodePrograms() {
    return nodePrograms.stream().findFirst();
  }

  private void add(String name, List<Path> jars) {
    ConnectorLoader loader = new ConnectorLoader(name, jars);
    try {
      factories.addAll(loader.services(ConnectorFactory.class));
      nodeDoors.addAll(loader.services(NodeDoor.Factory.class));
      nodePrograms.addAll(loader.services(NodePrograms.class));
    } catch (ServiceConfigurationError e) {
      throw new StartException(
          "The connector " + name + " cannot be loaded (" + e.getMessage() + "); replace its jars.",
          e);
    }
  }

  private static List<Path> jars(Path folder) {
    return listed(folder, file -> file.toString().endsWith(".jar"));
  }

  private static List<Path> listed(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
