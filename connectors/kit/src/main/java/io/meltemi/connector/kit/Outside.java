package io.meltemi.connector.kit;

import io.meltemi.connector.Outgoing;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.outgoing.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands outside: the way there, and a provider's own programs, which tell without us. */
public final class Outside {
  private Outside() {}

  /** The real way out, on which the addresses of this machine are opened for trying. */
  public static Outgoing thisMachine() {
    return Gateway.allowing(Stream.of("127.0.0.0/8", "::1").map(Range::parse).toList());
  }

  /** Variables that a shell would get from a file of {@code export NAME=value}. */
  public static Map<String, String> exports(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("export ") && line.contains("="))
          .map(line -> line.substring("export ".length()).split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its end; what it wrote, or an exception when it failed. */
  public static String run(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
