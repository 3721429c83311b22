package io.meltemi.webapp;

import io.meltemi.broker.store.Opening;
import io.meltemi.broker.store.Retention;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.model.schema.Kinds;
import io.meltemi.webapp.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the store that the settings name. */
final class Books {
  private Books() {}

  /**
   * @param folder of the embedded store
   * @throws StartException when the database's password cannot be read
   */
  static Store open(Settings settings, Path folder, Kinds kinds, Clock clock) {
    Settings.Retention lives = settings.retention();
    Retention retention =
        new Retention(lives.events(), lives.jobs(), lives.decisions(), lives.facts());
    Opening opening = new Opening(kinds, clock, retention);
    Settings.Store at = settings.store();
    return at.url().isEmpty()
        ? Stores.h2(folder, opening)
        : Stores.postgres(at.url().get(), at.user(), password(at), opening);
  }

  private static String password(Settings.Store at) {
    try {
      return at.passwordFile().isEmpty() ? "" : Files.readString(at.passwordFile().get()).strip();
    } catch (IOException e) {
      throw new StartException(
          "The database's password cannot be read from " + at.passwordFile().get() + ".", e);
    }
  }
}
