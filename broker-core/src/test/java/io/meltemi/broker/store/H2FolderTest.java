package io.meltemi.broker.store;

import static io.meltemi.broker.store.Samples.ONE;
import static io.meltemi.broker.store.Samples.TEN;
import static io.meltemi.broker.store.Samples.machine;
import static io.meltemi.broker.store.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.pivot.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said, and what is kept, when a folder is opened. */
@Timeout(60)
class H2FolderTest {
  @TempDir Path temporary;
  private final HandClock clock = new HandClock();

  private Path folder() {
    return temporary.resolve("store");
  }

  private Store open() {
    return Stores.h2(folder(), Samples.KINDS, clock);
  }

  @Test
  void whatWasStoredIsThereAfterASecondStart() {
    Row row;
    try (Store store = open()) {
      row = store.write("t1", book -> book.insert(machine("m1", "t1")));
    }
    try (Store store = open()) {
      assertThat(store.read("t1", row.id())).contains(row);
      assertThat(store.all("Machine")).containsExactly(row);
      assertThat(store.lastPosition()).isEqualTo(1);
      assertThat(store.write("t1", book -> book.update(row.withName("web"))).generation())
          .isEqualTo(2);
      assertThat(store.lastPosition()).isEqualTo(2);
    }
  }

  @Test
  void whatADeadProcessHeldIsFreeAtTheNextStart() {
    try (Store store = open()) {
      Task task = Samples.task("jobs/j1", "t1", "a1", clock.instant());
      store.write(
          "t1",
          book -> {
            book.insertTask(task);
            return task;
          });
      assertThat(store.claim("a1", "w1", Duration.ofHours(1), 1)).hasSize(1);
    }
    try (Store store = open()) {
      assertThat(store.claim("a1", "w2", Duration.ofHours(1), 1)).hasSize(1);
    }
  }

  @Test
  void theFolderIsForItsOwnerOnly() throws IOException {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderInUseIsRefusedWithTheProcessThatUsesIt() {
    try (Store store = open()) {
      assertThat(store.isCurrent()).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.remedy()).startsWith("Stop that process"))
          .hasMessage(
              "The folder %s is in use by process %d.", folder(), ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void aFolderOfANewerVersionIsRefused() throws SQLException {
    open().close();
    sql(
        "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
            + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\","
            + " \"success\") values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'sa', 1,"
            + " true)");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version: its tables are at 99, this program knows");
  }

  @Test
  void anOlderFolderIsCopiedBeforeItsTablesChange() throws SQLException, IOException {
    Files.createDirectories(folder());
    var source = new JdbcDataSource();
    source.setURL(url());
    source.setUser("sa");
    source.setPassword("");
    try (Connection held = source.getConnection()) {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration/common", "classpath:" + Dialect.H2.folder())
          .placeholders(Map.of("json", Dialect.H2.json, "binary", Dialect.H2.binary))
          .target("1")
          .load()
          .migrate();
      assertThat(held.isClosed()).isFalse();
    }

    try (Store store = open()) {
      store.write("t1", book -> book.insert(machine("m1", "t1")));
    }
    assertThat(folder().resolve("before-1.zip")).isNotEmptyFile();
  }

  @Test
  void aDamagedFileIsRefusedWithARemedy() throws IOException {
    open().close();
    Files.write(folder().resolve("meltemi.mv.db"), new byte[8192], StandardOpenOption.WRITE);

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.remedy()).contains("restore a copy"))
        .hasMessageContaining("is damaged and cannot be opened");
  }

  @Test
  void aBudgetThatIsNotTheSumOfItsClaimsIsRefused() throws SQLException {
    try (Store store = open()) {
      store.write("t1", book -> book.claim("tenant:t1", "machines/m1", ONE, Amount.UNLIMITED));
    }
    open().close();
    sql("update budget set cpu = cpu + 1");

    assertThatThrownBy(this::open)
        .hasMessageContaining("budgets which are not the sum of their claims: tenant:t1");
  }

  @Test
  void intervalsOfUseWhichOverlapAreRefused() throws SQLException {
    try (Store store = open()) {
      store.write(
          "t1",
          book -> {
            book.startUsage(usage("machines/m1", "STARTED", TEN));
            book.startUsage(usage("machines/m1", "STOPPED", TEN.plusSeconds(10)));
            return true;
          });
    }
    open().close();
    sql("update usage_interval set ended = dateadd(second, 5, ended) where ended is not null");

    assertThatThrownBy(this::open)
        .hasMessageContaining("intervals of use which overlap: machines/m1");
  }

  @Test
  void theDatabaseItselfKeepsAJobInItsEndState() {
    try (Store store = open()) {
      store.write("t1", book -> book.insert(Samples.row("jobs/j1", "t1", "Job", "FAILED")));
    }

    assertThatThrownBy(() -> sql("update resource set state = 'RUNNING' where id = 'jobs/j1'"))
        .hasMessageContaining("has ended as FAILED");
  }

  /** Seen with H2 2.5.252: after a kill it opened whole, but 55 commits older. */
  @Test
  void whatTheDatabaseForgotIsBroughtBackByTheJournal() throws IOException {
    Path file = folder().resolve("meltemi.mv.db");
    open().close();
    Path early = Files.copy(file, temporary.resolve("early"));
    try (Store store = open()) {
      Row row = store.write("t1", book -> book.insert(machine("m1", "t1")));
      store.write("t1", book -> book.update(row.withState("STARTED")));
      store.write("t1", book -> book.claim("tenant:t1", row.id(), ONE, Amount.UNLIMITED));
      store.lease("sweep", "a", Duration.ofMinutes(1));
      assertThatThrownBy(() -> store.write("t1", book -> book.update(row)))
          .isInstanceOf(StaleException.class);
    }
    Files.copy(early, file, StandardCopyOption.REPLACE_EXISTING);

    try (Store store = open()) {
      Row row = store.read("t1", "machines/m1").orElseThrow();
      assertThat(row.state()).isEqualTo("STARTED");
      assertThat(row.generation()).isEqualTo(2);
      assertThat(store.claimed("tenant:t1")).isEqualTo(ONE);
      assertThat(store.lease("sweep", "b", Duration.ofMinutes(1))).isEmpty();
      assertThat(store.events("t1", 0, 10)).hasSize(2);
    }
  }

  @Test
  void aGroupThatWasNotWrittenToItsEndIsLeftOut() throws IOException {
    try (Store store = open()) {
      store.write("t1", book -> book.insert(machine("m1", "t1")));
    }
    Path journal = folder().resolve("journal");
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, 25), StandardOpenOption.APPEND);

    try (Store store = open()) {
      assertThat(Files.size(journal)).isEqualTo(whole.length);
      store.write("t1", book -> book.insert(machine("m2", "t1")));
    }
    try (Store store = open()) {
      assertThat(store.all("Machine")).hasSize(2);
    }
  }

  @Test
  void aJournalThatDoesNotFollowIsRefused() throws IOException {
    Path file = folder().resolve("meltemi.mv.db");
    open().close();
    Path early = Files.copy(file, temporary.resolve("early"));
    try (Store store = open()) {
      store.write("t1", book -> book.insert(machine("m1", "t1")));
    }
    Files.delete(folder().resolve("journal"));
    try (Store store = open()) {
      store.write("t1", book -> book.insert(machine("m2", "t1")));
    }
    Files.copy(early, file, StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(this::open)
        .hasMessage("The store ends with change 0 and its journal goes on with change 2.");
  }

  private String url() {
    return "jdbc:h2:" + folder().resolve("meltemi").toAbsolutePath();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
