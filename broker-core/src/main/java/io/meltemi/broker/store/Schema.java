package io.meltemi.broker.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Brings the tables to what this program knows, or says why it cannot. */
final class Schema {
  private final Flyway flyway;

  Schema(DataSource source, Dialect dialect) {
    this.flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:db/migration/common", "classpath:" + dialect.folder())
            .placeholders(Map.of("json", dialect.json, "binary", dialect.binary))
            .load();
  }

  /**
   * @param copy called with the version of the tables, before they are changed
   */
  void bringUpToDate(Consumer<String> copy) {
    try {
      MigrationInfo current = flyway.info().current();
      refuseNewer(current);
      if (current != null && flyway.info().pending().length > 0) {
        copy.accept(String.valueOf(current.getVersion()));
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "The store's tables cannot be brought up to date: " + e.getMessage(),
          "Restore the copy that was made before, or ask with this message.",
          e);
    }
  }

  private void refuseNewer(@Nullable MigrationInfo current) {
    if (current == null || current.getVersion() == null) return;
    MigrationVersion known =
        Arrays.stream(flyway.info().all())
            .filter(each -> !each.getState().name().startsWith("FUTURE"))
            .map(MigrationInfo::getVersion)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(MigrationVersion.EMPTY);
    if (current.getVersion().isNewerThan(known.getVersion())) {
      throw new StoreException(
          "The store was written by a newer version: its tables are at %s, this program knows %s."
              .formatted(current.getVersion(), known),
          "Start the newer version, or restore the copy that it made before it changed the store.",
          null);
    }
  }
}
