package io.meltemi.webapp;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

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

  /** The real ones. */
  static Surroundings real() {
    SecureRandom random = new SecureRandom();
    return new Surroundings(
        Path.of(System.getProperty("meltemi.home", ".")).toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        System.getenv(),
        Clock.systemUTC(),
        () -> {
          byte[] id = new byte[16];
          random.nextBytes(id);
          return HexFormat.of().formatHex(id);
        });
  }

  Path connectors() {
    return home.resolve("connectors");
  }
}
