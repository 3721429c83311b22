package io.meltemi.webapp;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.NodeDoor;
import io.meltemi.connector.NodePrograms;
import io.meltemi.webapp.settings.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds connectors: our own in a folder each, plug-ins as one jar each. Every one has a class
 * loader of its own, which sees of the broker no more than the words that connectors speak.
 */
final class Connectors {
  private final List<ConnectorFactory> factories = new ArrayList<>();
  private final List<NodeDoor.Factory> nodeDoors = new ArrayList<>();
  private final List<NodePrograms> nodePrograms = new ArrayList<>();

  /**
   * @param own folder with a folder of jars for each of our connectors
   * @param plugins folder with plug-ins
   * @param listed plug-ins that may be loaded; a jar that is not listed stays unread
   * @throws StartException when a listed plug-in is missing or is not what was listed
   */
  static Connectors load(Path own, Path plugins, List<Plugin> listed) {
    Connectors connectors = new Connectors();
    for (Path folder : folders(own)) connectors.add(folder.getFileName().toString(), jars(folder));
    for (Plugin plugin : listed) {
      connectors.add(plugin.file(), List.of(checked(plugins, plugin)));
    }
    return connectors;
  }

  List<ConnectorFactory> factories() {
    return List.copyOf(factories);
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
    URL[] urls = jars.stream().map(Connectors::url).toArray(URL[]::new);
    ClassLoader loader = new URLClassLoader(name, urls, new Narrow());
    try {
      ServiceLoader.load(ConnectorFactory.class, loader).forEach(factories::add);
      ServiceLoader.load(NodeDoor.Factory.class, loader).forEach(nodeDoors::add);
      ServiceLoader.load(NodePrograms.class, loader).forEach(nodePrograms::add);
    } catch (ServiceConfigurationError e) {
      throw new StartException(
          "The connector " + name + " cannot be loaded (" + e.getMessage() + "); replace its jars.",
          e);
    }
  }

  private static Path checked(Path folder, Plugin plugin) {
    Path jar = folder.resolve(plugin.file()).normalize();
    if (!jar.startsWith(folder) || !Files.isRegularFile(jar)) {
      throw new StartException(
          "The plug-in " + plugin.file() + " is not in " + folder + "; put it there or unlist it.");
    }
    String found = digest(jar);
    if (!found.equals(plugin.sha256())) {
      throw new StartException(
          "The plug-in "
              + plugin.file()
              + " is not what was listed: its SHA-256 is "
              + found
              + "; if that is right, put it into the setting plugins.");
    }
    return jar;
  }

  private static String digest(Path jar) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
    } catch (IOException e) {
      throw new StartException("The plug-in " + jar + " cannot be read.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static List<Path> folders(Path own) {
    return listed(own, Files::isDirectory);
  }

  private static List<Path> jars(Path folder) {
    return listed(folder, file -> file.toString().endsWith(".jar"));
  }

  private static List<Path> listed(Path folder, java.util.function.Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has no URL: " + jar, e);
    }
  }

  /** Shows the JDK, slf4j, and the words of connectors; nothing else of ours. */
  private static final class Narrow extends ClassLoader {
    private static final List<String> SHOWN =
        List.of(
            "org.slf4j.", "io.meltemi.pivot.", "io.meltemi.connector.", "io.meltemi.placement.");

    private final ClassLoader house = Narrow.class.getClassLoader();

    Narrow() {
      super("narrow", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHOWN.stream().anyMatch(name::startsWith)) return house.loadClass(name);
      throw new ClassNotFoundException(name);
    }
  }
}
