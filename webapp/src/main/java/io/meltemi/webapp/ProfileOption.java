package io.meltemi.webapp;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which broker a command talks to, and as whom. */
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Profile with url and token; if absent that of MELTEMI_URL and MELTEMI_TOKEN, else of the"
              + " last serve.")
  private @Nullable Path profile;

  /**
   * The broker of the profile.
   *
   * @throws StartException when there is no profile that can be used
   */
  RunningBroker broker() {
    return new RunningBroker(
        profile == null ? Profile.known(Surroundings.real()) : Profile.read(profile));
  }
}
