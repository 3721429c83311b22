package io.meltemi.webapp;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which broker a command talks to, and as whom. */
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Profile with url and token, that of the last serve if absent.")
  private @Nullable Path profile;

  /**
   * The broker of the profile.
   *
   * @throws StartException when there is no profile that can be used
   */
  RunningBroker broker() {
    return new RunningBroker(Profile.read(file()));
  }

  private Path file() {
    if (profile != null) return profile;
    Surroundings around = Surroundings.real();
    return new Profile(
            around.userHome(), Optional.ofNullable(around.environment().get("XDG_CONFIG_HOME")))
        .file();
  }
}
