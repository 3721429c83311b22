package io.meltemi.connector.openstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The OpenStack of dev/openstack, which must be up. */
final class Lab {
  private static final Path SCRIPTS = Path.of("../../dev/openstack");

  private final Path home =
      Path.of(
          Optional.ofNullable(System.getenv("OPENSTACK_HOME"))
              .orElse(System.getProperty("java.io.tmpdir") + "/openstack-lab"));
  private final Map<String, String> environment = read(home.resolve("openrc"));
  private final Map<String, String> admin = read(home.resolve("openrc-admin"));

  private static Map<String, String> read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("export ") && line.contains("="))
          .map(line -> line.substring("export ".length()).split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("no lab: run dev/openstack/up first", e);
    }
  }

  String value(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() -> new IllegalStateException("the lab's openrc has no " + name));
  }

  Map<String, String> settings() {
    return Map.of(
        "endpoint", value("OS_AUTH_URL"),
        "user", value("OS_USERNAME"),
        "userDomain", value("OS_USER_DOMAIN_NAME"),
        "password", value("OS_PASSWORD"),
        "project", value("OS_PROJECT_NAME"),
        "projectDomain", value("OS_PROJECT_DOMAIN_NAME"),
        "region", value("OS_REGION_NAME"),
        "country", "FR");
  }

  /** OpenStack's own command line as the same user. */
  String openstack(String... arguments) {
    return run(environment, "openstack", arguments);
  }

  /** The user data that nova kept for a server, decoded; only an administrator may see them. */
  String userData(String server) {
    String base64 =
        run(
            admin,
            "openstack",
            "--os-compute-api-version",
            "2.3",
            "server",
            "show",
            "-f",
            "value",
            "-c",
            "OS-EXT-SRV-ATTR:user_data",
            server);
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** Makes the lab misbehave. */
  String faults(String... arguments) {
    return run(environment, SCRIPTS.resolve("faults").toString(), arguments);
  }

  private static String run(Map<String, String> as, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(as);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
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
