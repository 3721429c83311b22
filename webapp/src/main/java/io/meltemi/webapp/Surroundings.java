package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a broker finds around it.
 *
 * @param home folder of the deployable, with {@code lib} and {@code connectors}
 * @param userHome home of the user who started it
 * @param environment variables
 * @param ids new ids: 32 hexadecimal digits, never the same twice
 */
record Surroundings(
    Path home, Path userHome, Map<String, String> environment, Clock clock, Supplier<String> ids) {

  private static final List<String> SHARED =
      List.of("cimi-model-", "connector-spi-", "logback-", "placement-policies-", "slf4j-api-");

  /** What stores keep of a time, so that all tell the same one. */
  private static final Duration MICROSECOND = Duration.ofNanos(1000);

  /** The real ones of a program of its own. */
  static Surroundings real() {
    return real(Path.of(System.getProperty("meltemi.home", ".")).toAbsolutePath());
  }

  static Surroundings real(Path home) {
    SecureRandom random = new SecureRandom();
    return new Surroundings(
        home,
        Path.of(System.getProperty("user.home")),
        System.getenv(),
        Clock.tick(Clock.systemUTC(), MICROSECOND),
        () -> {
          byte[] id = new byte[16];
          random.nextBytes(id);
          return HexFormat.of().formatHex(id);
        });
  }

  Path connectors() {
    return home.resolve("connectors");
  }

  /**
   * The class path of a program that comes with a connector: its jars, the words that connectors
   * speak, and a log.
   */
  String classPath(String connector) throws IOException {
    List<String> parts = new ArrayList<>();
    parts.add(connectors().resolve(connector) + "/*");
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      jars.filter(jar -> SHARED.stream().anyMatch(jar.getFileName().toString()::startsWith))
          .sorted()
          .forEach(jar -> parts.add(jar.toString()));
    }
    return String.join(":", parts);
  }
}
