package io.meltemi.pivot;

import java.util.Optional;

/** A volume that a machine gets when it is made. */
public sealed interface Mount {
  /** Where the machine shall see it, as the consumer says. */
  Optional<String> at();

  /**
   * A volume that is there already, and stays where it is.
   *
   * @param volume our id of it
   * @param name for people
   * @param account where it is
   * @param location id of the location where it is
   */
  record Existing(String volume, String name, String account, String location, Optional<String> at)
      implements Mount {}

  /** A volume that is made with the machine, at the machine's place. */
  record Fresh(VolumeOrder order, Optional<String> at) implements Mount {}
}
