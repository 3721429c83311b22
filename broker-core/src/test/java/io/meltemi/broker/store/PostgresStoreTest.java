package io.meltemi.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreStories {
  private static EmbeddedPostgres server;
  private String database = "";

  @BeforeAll
  static void starts() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stops() throws IOException {
    server.close();
  }

  @Override
  Store open() {
    database = "s" + fresh().replace("-", "").toLowerCase(Locale.ROOT);
    sql("postgres", "create database " + database);
    return replica();
  }

  private Store replica() {
    return Stores.postgres(
        server.getJdbcUrl("postgres", database), "postgres", "", Opening.of(Samples.KINDS, clock));
  }

  private static void sql(String database, String statement) {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void replicasSeeEachOthersWritesWithinASecond() {
    try (Store other = replica()) {
      Row row = store.write("t1", book -> book.insert(Samples.machine("m1", "t1")));
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> other.read("t1", row.id()).equals(store.read("t1", row.id())));

      Row changed = other.write("t1", book -> book.update(row.withState("STARTED")));
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> store.read("t1", row.id()).orElseThrow().state().equals("STARTED"));

      store.write(
          "t1",
          book -> {
            book.delete(changed);
            return true;
          });
      await().atMost(Duration.ofSeconds(1)).until(() -> other.read("t1", row.id()).isEmpty());
      assertThat(other.all("Machine")).isEmpty();
    }
  }

  /** A slow transaction has recorded first and commits last. */
  @Test
  void aReaderOfEventsNeverPassesByASlowTransaction() throws Exception {
    try (Connection slow = server.getDatabase("postgres", database).getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          "insert into event (tenant, type, resource, kind, happened, content)"
              + " values ('t1', 'slow', 'machines/m0', 'Machine', now(), '{}')");
      store.write("t1", book -> book.insert(Samples.machine("m1", "t1")));
      await().until(() -> store.lastPosition() == 1);
      slow.commit();
    }
    await().until(() -> store.lastPosition() == 2);
    List<Event> after = store.events("t1", 1, 10);
    assertThat(after).extracting(Event::type).containsExactly("slow");
  }

  /** As after a failover to a copy, or when the disk is full. */
  @Test
  void aStoreThatRefusesWritesSaysSoUntilItTakesThemAgain() {
    assertThat(store.takesWrites()).isTrue();
    readOnly("set default_transaction_read_only = on");
    try {
      await().ignoreNoExceptions().until(this::writeIsRefused);
      assertThat(store.takesWrites()).isFalse();
    } finally {
      readOnly("reset default_transaction_read_only");
    }
    await().until(store::takesWrites);
    store.write("t1", book -> book.insert(Samples.machine("m1", "t1")));
  }

  private static void readOnly(String setting) {
    sql("postgres", "alter system " + setting);
    sql("postgres", "select pg_reload_conf()");
  }

  private boolean writeIsRefused() {
    try {
      store.lease("tried", "w1", Duration.ofMillis(1));
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  /** Both find that nothing is known of the fact before either has stored. */
  @Test
  void aChangeOfAFactThatTwoReplicasSawIsRecordedOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    try (Store other = replica();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> seen = new ArrayList<>();
      for (Store mine : List.of(store, other)) {
        AtomicInteger attempts = new AtomicInteger();
        seen.add(
            threads.submit(() -> {
              mine.write(
                  Store.EVERYBODY,
                  book -> {
                    boolean known = !book.facts("a1").isEmpty();
                    if (attempts.incrementAndGet() == 1) meet(both);
                    if (!known) book.recordFacts(List.of(fact("a1", 1, "free/cpu", "", "8")));
                    return known;
                  });
              return attempts.get();
            }));
      }
      List<Integer> attempts = List.of(seen.get(0).get(), seen.get(1).get());
      assertThat(attempts).containsExactlyInAnyOrder(1, 2);
    }
    assertThat(store.factChanges("a1")).hasSize(1);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other did not come", e);
    }
  }

  @Test
  void noTaskIsHandedOutTwiceToTwoReplicas() throws Exception {
    int tasks = 200;
    store.write(
        "t1",
        book -> {
          for (int i = 0; i < tasks; i++) {
            book.insertTask(Samples.task("jobs/j" + i, "t1", "a1", Samples.TEN));
          }
          return true;
        });
    try (Store other = replica()) {
      List<Future<List<String>>> workers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 8; i++) {
          Store mine = i % 2 == 0 ? store : other;
          String owner = "w" + i;
          workers.add(threads.submit(() -> claimAll(mine, owner)));
        }
      }
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> worker : workers) claimed.addAll(worker.get());
      assertThat(claimed).hasSize(tasks).doesNotHaveDuplicates();
    }
  }

  private static List<String> claimAll(Store store, String owner) {
    List<String> mine = new ArrayList<>();
    List<Task> some = store.claim("a1", owner, Duration.ofMinutes(1), 5);
    while (!some.isEmpty()) {
      some.forEach(task -> mine.add(task.job()));
      some = store.claim("a1", owner, Duration.ofMinutes(1), 5);
    }
    return mine;
  }

  /** A table that somebody else holds keeps the feed from looking, as a slow database would. */
  @Test
  void aReplicaThatHearsNothingReadsPastItsMemoryUntilItHearsAgain() throws Exception {
    store.write("t1", book -> book.insert(Samples.machine("m1", "t1")));
    await().until(() -> store.lastPosition() == 1);
    try (Connection holder = server.getDatabase("postgres", database).getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table event in access exclusive mode");
      await().atMost(Duration.ofSeconds(20)).until(() -> !store.isCurrent());
      sql(database, "update resource set state = 'STARTED', generation = 2");

      assertThat(store.read("t1", "machines/m1").orElseThrow().state()).isEqualTo("STARTED");
      assertThat(store.all("Machine")).extracting(Row::state).containsExactly("STARTED");
      assertThat(listed("t1")).extracting(Row::state).containsExactly("STARTED");
      assertThat(listed("t2")).isEmpty();
      holder.rollback();
    }
    await().atMost(Duration.ofSeconds(20)).until(store::isCurrent);
  }

  private List<Row> listed(String tenant) {
    return store
        .list(tenant, "Machine", Optional.empty(), Optional.empty(), List.of(), 0, 10)
        .rows();
  }

  @Test
  void theDatabaseItselfKeepsAJobInItsEndState() {
    store.write("t1", book -> book.insert(Samples.row("jobs/j1", "t1", "Job", "FAILED")));

    assertThatThrownBy(
            () -> sql(database, "update resource set state = 'RUNNING' where id = 'jobs/j1'"))
        .hasMessageContaining("has ended as FAILED");
  }
}
