package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.kit.Rig;
import io.meltemi.webapp.settings.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The jar of dev/example-connector, as its author makes it: compiled against the words of
 * connectors and a Jackson that is not the broker's, and holding that Jackson.
 */
final class ExamplePlugin {
  private static final String FILE = "paper-connector.jar";
  private static final Path SOURCES = Path.of("../dev/example-connector/src");
  private static final Path LIBRARIES = Path.of("target/example-connector");

  private final Path jar;
  private final ClassLoader rigs;

  private ExamplePlugin(Path jar, ClassLoader rigs) {
    this.jar = jar;
    this.rigs = rigs;
  }

  /** Builds it in a folder of the caller's. */
  static ExamplePlugin build(Path work) throws IOException {
    Path classes = compiled(SOURCES.resolve("main/java"), work.resolve("classes"), libraries());
    Path jar = work.resolve(FILE);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      addTree(out, classes);
      addTree(out, SOURCES.resolve("main/resources"));
      for (Path library : libraries()) addJar(out, library);
    }
    Path rig = compiled(SOURCES.resolve("test/java"), work.resolve("rig"), List.of(classes));
    ClassLoader house = ExamplePlugin.class.getClassLoader();
    return new ExamplePlugin(jar, new URLClassLoader(new URL[] {rig.toUri().toURL()}, house));
  }

  Path jar() {
    return jar;
  }

  /** What an operator lists who trusts it. */
  Plugin listed() {
    return new Plugin(FILE, sha256());
  }

  String setting() {
    return FILE + "=" + sha256();
  }

  String sha256() {
    return sha256(jar);
  }

  static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts it where plug-ins stand. */
  void into(Path plugins) throws IOException {
    Files.createDirectories(plugins);
    Files.copy(jar, plugins.resolve(FILE));
  }

  /** Its author's rig, around a factory from the jar. */
  Rig rig(ConnectorFactory factory, Path folder) {
    try {
      return (Rig)
          rigs.loadClass("org.example.paper.PaperRig")
              .getConstructor(ConnectorFactory.class, Path.class)
              .newInstance(factory, folder);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      return jars.sorted().toList();
    }
  }

  /** The libraries stand first: else the broker's own Jackson would be compiled against. */
  private static Path compiled(Path sources, Path classes, List<Path> libraries)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
    Stream<String> path =
        Stream.concat(
            libraries.stream().map(Path::toString),
            Stream.of(System.getProperty("java.class.path")));
    arguments.addAll(List.of("-classpath", String.join(":", path.toList())));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).as("the compiler's exit code").isZero();
    return classes;
  }

  private static void addTree(JarOutputStream out, Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          add(out, top.relativize(file).toString(), in);
        }
      }
    }
  }

  private static void addJar(JarOutputStream out, Path library) throws IOException {
    try (JarFile in = new JarFile(library.toFile())) {
      for (JarEntry entry : Collections.list(in.entries())) {
        if (entry.isDirectory() || entry.getName().startsWith("META-INF/")) continue;
        try (InputStream content = in.getInputStream(entry)) {
          add(out, entry.getName(), content);
        }
      }
    }
  }

  private static void add(JarOutputStream out, String name, InputStream content)
      throws IOException {
    out.putNextEntry(new JarEntry(name));
    content.transferTo(out);
    out.closeEntry();
  }
}
