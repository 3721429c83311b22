package io.meltemi.webapp.kill;

import io.meltemi.webapp.kill.agent.KillAgent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Packs the classes of {@code kill.agent} as a Java agent. */
final class AgentJar {
  private AgentJar() {}

  static Path pack(Path folder) throws IOException {
    Path jar = folder.resolve("kill-agent.jar");
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", KillAgent.class.getName());
    String inside = KillAgent.class.getPackageName().replace('.', '/');
    Path classes =
        Path.of(KillAgent.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (OutputStream file = Files.newOutputStream(jar);
        var out = new JarOutputStream(file, manifest)) {
      for (Path each : files(classes.resolve(inside))) {
        out.putNextEntry(new JarEntry(inside + "/" + each.getFileName()));
        Files.copy(each, out);
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.toString().endsWith(".class")).sorted().toList();
    }
  }
}
