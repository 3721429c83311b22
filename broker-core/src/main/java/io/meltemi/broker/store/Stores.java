package io.meltemi.broker.store;

import io.meltemi.model.schema.Kinds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/** Opens stores. What hinders is a {@link StoreException} with one sentence and a remedy. */
public final class Stores {
  private Stores() {}

  /**
   * The embedded store in a folder.
   *
   * @param folder made when it is not there; one process at a time
   * @param clock of events, due tasks and idempotency keys; leases and claims of tasks take the
   *     database's time
   */
  public static Store h2(Path folder, Kinds kinds, Clock clock) {
    Folder locked = Folder.lock(folder);
    try {
      return H2Database.inFile(locked.database()).open(kinds, clock, folder, locked::close);
    } catch (RuntimeException e) {
      locked.close();
      throw e;
    }
  }

  /** The embedded store without a file: gone when it is closed. */
  public static Store memory(Kinds kinds, Clock clock) {
    return H2Database.inMemory("meltemi-" + UUID.randomUUID())
        .open(kinds, clock, Path.of(System.getProperty("java.io.tmpdir")), () -> {});
  }
}
