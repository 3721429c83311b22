package io.meltemi.broker.store;

import io.meltemi.model.schema.Kinds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Opens stores. What hinders is a {@link StoreException} with one sentence and a remedy. */
public final class Stores {
  private Stores() {}

  /** The embedded store in a folder, with the default retention. */
  public static Store h2(Path folder, Kinds kinds, Clock clock) {
    return h2(folder, Opening.of(kinds, clock));
  }

  /**
   * The embedded store in a folder.
   *
   * @param folder made when it is not there; one process at a time
   */
  public static Store h2(Path folder, Opening opening) {
    Folder locked = Folder.lock(folder);
    try {
      return H2Database.inFile(locked.database()).open(opening, Optional.of(folder), locked::close);
    } catch (RuntimeException e) {
      locked.close();
      throw e;
    }
  }

  /** The embedded store without a file: gone when it is closed. */
  public static Store memory(Kinds kinds, Clock clock) {
    return H2Database.inMemory("meltemi-" + UUID.randomUUID())
        .open(Opening.of(kinds, clock), Optional.empty(), () -> {});
  }

  /**
   * A store that several replicas share.
   *
   * @param url of PostgreSQL 14 or later, for instance {@code jdbc:postgresql://db/meltemi}
   */
  public static Store postgres(String url, String user, String password, Opening opening) {
    return new PostgresDatabase(url, user, password).open(opening);
  }
}
