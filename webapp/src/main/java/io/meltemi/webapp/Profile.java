package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line of the user who started the broker needs to be its client at once: URL and
 * a token that lives as long as a working day.
 */
final class Profile {
  private final Path file;

  /**
   * @param home of the user
   * @param configHome value of XDG_CONFIG_HOME
   */
  Profile(Path home, Optional<String> configHome) {
    Path folder = configHome.map(Path::of).orElse(home.resolve(".config"));
    this.file = folder.resolve("meltemi").resolve("profile.json");
  }

  /**
   * What a profile says.
   *
   * @param fingerprint of a self-made certificate
   */
  record Known(String url, String token, Optional<String> fingerprint) {}

  /**
   * The broker that a command asks: of {@code MELTEMI_URL} and {@code MELTEMI_TOKEN}, else the one
   * that this user started last.
   *
   * @throws StartException when neither is told, or only one of the two variables
   */
  static Known known(Surroundings around) {
    Map<String, String> variables = around.environment();
    Optional<String> url = told(variables, "MELTEMI_URL");
    Optional<String> token = told(variables, "MELTEMI_TOKEN");
    if (url.isPresent() != token.isPresent()) {
      throw new StartException("Of MELTEMI_URL and MELTEMI_TOKEN only one is set; set both.");
    }
    return url.map(told -> new Known(told, token.orElseThrow(), Optional.empty()))
        .orElseGet(
            () -> read(new Profile(around.userHome(), told(variables, "XDG_CONFIG_HOME")).file()));
  }

  private static Optional<String> told(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * Reads a profile that a broker or its operator wrote.
   *
   * @throws StartException when there is none that can be used
   */
  static Known read(Path file) {
    try {
      JsonNode profile = new ObjectMapper().readTree(Files.readString(file));
      if (!profile.hasNonNull("url") || !profile.hasNonNull("token")) {
        throw new StartException("The profile " + file + " lacks url or token; give both.");
      }
      return new Known(
          profile.path("url").asText(),
          profile.path("token").asText(),
          Optional.ofNullable(profile.path("fingerprint").textValue()));
    } catch (IOException e) {
      throw new StartException(
          "No profile can be read from "
              + file
              + "; start the broker as this user, set MELTEMI_URL and MELTEMI_TOKEN, or name a"
              + " file with url and token with --profile.",
          e);
    }
  }

  Path file() {
    return file;
  }

  /**
   * Replaces the profile; nobody but the user can read it at any moment.
   *
   * @param fingerprint of a self-made certificate, so that the client knows it again
   */
  void write(String url, String token, Instant expires, Optional<String> fingerprint)
      throws IOException {
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    profile.put("url", url).put("token", token).put("expires", expires.toString());
    fingerprint.ifPresent(print -> profile.put("fingerprint", print));
    Files.createDirectories(file.getParent());
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            "profile",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, profile.toPrettyString() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
