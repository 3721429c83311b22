package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the host to their end. */
public final class Programs {
  private Programs() {}

  /** True when a program of this name is found where programs are, root's places included. */
  public static boolean present(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
    return List.of(path.split(":")).stream()
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * @return what the program wrote to both outputs
   * @throws HostException with the end of its words when it fails or takes too long
   */
  public static String run(Duration limit, List<String> command) {
    return run(limit, Map.of(), command);
  }

  public static String run(Duration limit, Map<String, String> environment, List<String> command) {
    String name = command.getFirst();
    try {
      Path output = Files.createTempFile("meltemi-", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new HostException(name + " took longer than " + limit.toSeconds() + " s");
        }
        String text = Files.readString(output);
        if (process.exitValue() != 0) {
          throw new HostException(name + " failed: " + end(text));
        }
        return text;
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new HostException("cannot run " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(name + " was interrupted", e);
    }
  }

  static String end(String text) {
    String stripped = text.strip();
    return stripped.substring(Math.max(0, stripped.length() - 500));
  }
}
