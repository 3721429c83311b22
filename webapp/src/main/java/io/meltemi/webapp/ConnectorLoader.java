package io.meltemi.webapp;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The class loader of one connector: its own jars, and of the broker no more than the words that
 * connectors speak. So two connectors, or a connector and the broker, may use versions of a library
 * that would not meet in peace.
 */
final class ConnectorLoader extends URLClassLoader {
  ConnectorLoader(String name, List<Path> jars) {
    super(name, jars.stream().map(ConnectorLoader::url).toArray(URL[]::new), new Narrow());
  }

  /** What the jars offer of a service; nothing of it was used yet. */
  <T> List<T> services(Class<T> type) {
    return ServiceLoader.load(type, this).stream().map(ServiceLoader.Provider::get).toList();
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

    /** The way out is lent as an object, behind its interface; nobody makes one of his own. */
    private static final String HIDDEN = "io.meltemi.connector.outgoing.";

    private final ClassLoader house = Narrow.class.getClassLoader();

    Narrow() {
      super("narrow", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean shown = SHOWN.stream().anyMatch(name::startsWith) && !name.startsWith(HIDDEN);
      if (shown) return house.loadClass(name);
      throw new ClassNotFoundException(name);
    }
  }
}
