package io.meltemi.broker.store;

import static io.meltemi.broker.store.Samples.ONE;
import static io.meltemi.broker.store.Samples.TEN;
import static io.meltemi.broker.store.Samples.below;
import static io.meltemi.broker.store.Samples.machine;
import static io.meltemi.broker.store.Samples.row;
import static io.meltemi.broker.store.Samples.task;
import static io.meltemi.broker.store.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.pivot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store must do; run on each database. */
@Timeout(60)
abstract class StoreStories {
  final HandClock clock = new HandClock();
  Store store;

  /** A store without rows. */
  abstract Store open();

  @BeforeEach
  void opens() {
    store = open();
  }

  @AfterEach
  void closes() {
    store.close();
  }

  @Test
  void aRowThatWasInsertedIsReadAtOnce() {
    store.write("t1", book -> book.insert(machine("m1", "t1")));

    Row read = store.read("t1", "machines/m1").orElseThrow();
    assertThat(read.generation()).isEqualTo(1);
    assertThat(read.created()).isEqualTo(TEN);
  }

  @Test
  void nothingOfAFailedChangeStays() {
    assertThatThrownBy(() ->
            store.write(
                "t1",
                book -> {
                  book.insert(machine("m1", "t1"));
                  book.insertTask(task("jobs/j1", "t1", "a1", TEN));
                  book.startUsage(usage("machines/m1", "STARTED", TEN));
                  book.claim("tenant:t1", "machines/m1", ONE, Amount.UNLIMITED);
                  book.remember("key", "digest", "answer", TEN.plusSeconds(60));
                  throw new IllegalStateException("in the middle");
                }))
        .hasMessage("in the middle");

    assertThat(store.read("t1", "machines/m1")).isEmpty();
    assertThat(store.all("Machine")).isEmpty();
    assertThat(store.queuesDue()).isEmpty();
    assertThat(store.usage("t1", TEN, TEN.plusSeconds(60))).isEmpty();
    assertThat(store.claimed("tenant:t1")).isEqualTo(Amount.NONE);
    assertThat(store.events("t1", 0, 10)).isEmpty();
    assertThat(store.<Boolean>write("t1", book -> book.remembered("key").isPresent())).isFalse();
  }

  @Test
  void aFailedChangeDoesNotHarmThoseStoredWithIt() throws Exception {
    List<Callable<Row>> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String id = "m" + i;
      boolean fails = i % 4 == 0;
      changes.add(() -> store.write("t1", book -> insert(book, id, fails)));
    }
    together(changes);

    assertThat(store.all("Machine")).hasSize(30);
    await().untilAsserted(() -> assertThat(store.events("t1", 0, 100)).hasSize(30));
  }

  private static Row insert(Transaction book, String id, boolean fails) {
    Row row = book.insert(machine(id, "t1"));
    if (fails) throw new IllegalStateException("every fourth");
    return row;
  }

  @Test
  void aStaleGenerationIsRefused() {
    Row first = store.write("t1", book -> book.insert(machine("m1", "t1")));
    Row second = store.write("t1", book -> book.update(first.withState("STARTED")));

    assertThat(second.generation()).isEqualTo(2);
    assertThatThrownBy(() -> store.write("t1", book -> book.update(first.withState("ERROR"))))
        .isInstanceOf(StaleException.class);
    assertThatThrownBy(() -> change("t1", book -> book.delete(first)))
        .isInstanceOf(StaleException.class);
    assertThat(store.read("t1", "machines/m1").orElseThrow().state()).isEqualTo("STARTED");
  }

  @Test
  void aTouchedRowIsSeenAnewButIsNoNews() {
    Row made = store.write("t1", book -> book.insert(machine("m1", "t1")));
    store.write("t1", book -> book.touch(made.withState("STARTED")));
    store.write("t1", book -> book.insert(machine("m2", "t1")));

    assertThat(store.read("t1", "machines/m1").orElseThrow().state()).isEqualTo("STARTED");
    assertThat(store.read("t1", "machines/m1").orElseThrow().generation()).isEqualTo(2);
    await().untilAsserted(() -> assertThat(store.events("t1", 0, 10)).hasSize(2));
    assertThat(store.events("t1", 0, 10)).extracting(Event::type).containsOnly("created");
  }

  /** Checklist line 1. */
  @Test
  void anotherTenantsRowIsNeitherSeenNorOverwrittenNorDeleted() {
    Row theirs = store.write("t1", book -> book.insert(machine("m1", "t1")));
    Row disguised =
        new Row(
            theirs.id(),
            "t2",
            "Machine",
            Optional.empty(),
            "mine",
            "ERROR",
            TEN,
            TEN,
            theirs.generation(),
            theirs.document());

    assertThat(store.read("t2", theirs.id())).isEmpty();
    assertThat(store.<Boolean>write("t2", book -> book.find(theirs.id()).isPresent())).isFalse();
    for (Row attempt : List.of(theirs.withName("mine"), disguised)) {
      assertThatThrownBy(() -> store.write("t2", book -> book.update(attempt)))
          .isInstanceOf(StaleException.class);
      assertThatThrownBy(() -> change("t2", book -> book.delete(attempt)))
          .isInstanceOf(StaleException.class);
    }
    assertThat(store.read("t1", theirs.id())).contains(theirs);
  }

  @Test
  void aTenantSeesTheHousesRowsAndCannotChangeThem() {
    Row house = store.write(Store.EVERYBODY, book -> book.insert(machine("m1", Row.HOUSE)));

    assertThat(store.read("t1", house.id())).isPresent();
    assertThat(list("t1").rows()).hasSize(1);
    assertThatThrownBy(() -> store.write("t1", book -> book.update(house.withName("mine"))))
        .isInstanceOf(StaleException.class);
  }

  @Test
  void aRowWithATakenIdIsRefused() {
    store.write("t1", book -> book.insert(machine("m1", "t1")));

    assertThatThrownBy(() -> store.write("t2", book -> book.insert(machine("m1", "t2"))))
        .isInstanceOf(StaleException.class);
  }

  @Test
  void aJobThatHasEndedStaysAsItIs() {
    Row job = store.write("t1", book -> book.insert(row("jobs/j1", "t1", "Job", "RUNNING")));
    Row ended = store.write("t1", book -> book.update(job.withState("SUCCESS")));

    assertThatThrownBy(() -> store.write("t1", book -> book.update(ended.withState("RUNNING"))))
        .isInstanceOf(StaleException.class);
    assertThat(store.write("t1", book -> book.update(ended.withName("done"))).generation())
        .isEqualTo(3);
  }

  @Test
  void childrenAreThoseOfTheParentAndTheKind() {
    store.write(
        "t1",
        book -> {
          book.insert(machine("m1", "t1"));
          book.insert(below("machines/m1", "machines/m1/disks/2", "t1"));
          return book.insert(below("machines/m1", "machines/m1/disks/1", "t1"));
        });

    assertThat(store.<List<Row>>write("t1", book -> book.children("machines/m1", "Disk")))
        .extracting(Row::id)
        .containsExactly("machines/m1/disks/1", "machines/m1/disks/2");
    assertThat(
            store
                .list("t1", "Disk", Optional.of("machines/m1"), Optional.empty(), List.of(), 1, 10)
                .rows())
        .extracting(Row::id)
        .containsExactly("machines/m1/disks/2");
  }

  @Test
  void tasksOfAQueueAreFoundByTheirStepWhoeverHoldsThem() {
    change("t1", book -> book.insertTask(task("jobs/j1", "t1", "a1", TEN)));
    change("t2", book -> book.insertTask(task("jobs/j2", "t2", "a1", TEN)));
    change("t1", book -> book.insertTask(task("jobs/j3", "t1", "a2", TEN)));
    String step = store.claim("a1", "w1", Duration.ofMinutes(1), 1).getFirst().step();
    assertThat(store.tasks("a1", step))
        .extracting(Task::job)
        .containsExactlyInAnyOrder("jobs/j1", "jobs/j2");
    assertThat(store.tasks("a1", "another")).isEmpty();
  }

  @Test
  void aTaskIsHandedOutOnceAndAgainWhenTheClaimIsOver() {
    change("t1", book -> book.insertTask(task("jobs/j1", "t1", "a1", TEN)));

    assertThat(store.queuesDue()).containsExactly("a1");
    Task first = store.claim("a1", "w1", Duration.ofMillis(50), 5).getFirst();
    assertThat(first.owner()).contains("w1");
    await()
        .until(() -> store.claim("a1", "w2", Duration.ofMinutes(1), 5), tasks -> !tasks.isEmpty());
    assertThat(store.claim("a1", "w3", Duration.ofMinutes(1), 5)).isEmpty();
    assertThat(store.prolong(first, Duration.ofMinutes(1))).isFalse();
    assertThatThrownBy(
            () -> change("t1", book -> book.updateTask(first.next("done", TEN, first.memory()))))
        .isInstanceOf(StaleException.class);
  }

  @Test
  void aTaskWaitsForItsTime() {
    change("t1", book -> book.insertTask(task("jobs/j1", "t1", "a1", TEN.plusSeconds(5))));

    assertThat(store.claim("a1", "w1", Duration.ofMinutes(1), 5)).isEmpty();
    assertThat(store.nextDue()).contains(TEN.plusSeconds(5));
    clock.forward(Duration.ofSeconds(5));
    assertThat(store.claim("a1", "w1", Duration.ofMinutes(1), 5)).hasSize(1);
  }

  @Test
  void aWorkerWhoseTaskWasInterruptedLosesByItsFence() {
    change("t1", book -> book.insertTask(task("jobs/j1", "t1", "a1", TEN)));
    Task held = store.claim("a1", "w1", Duration.ofMinutes(1), 1).getFirst();

    assertThat(store.<Boolean>write("t1", book -> book.interrupt("jobs/j1"))).isTrue();
    assertThat(store.claim("a1", "w2", Duration.ofMinutes(1), 1)).hasSize(1);
    assertThatThrownBy(() -> change("t1", book -> book.deleteTask(held)))
        .isInstanceOf(StaleException.class);
    assertThat(store.<Boolean>write("t2", book -> book.interrupt("jobs/j1"))).isFalse();
  }

  @Test
  void noTaskIsHandedOutTwiceToManyWorkers() throws Exception {
    change(
        "t1",
        book -> {
          for (int i = 0; i < 60; i++) book.insertTask(task("jobs/j" + i, "t1", "a1", TEN));
        });
    List<Callable<List<Task>>> workers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String owner = "w" + i;
      workers.add(() -> store.claim("a1", owner, Duration.ofMinutes(1), 5));
    }

    List<String> claimed = together(workers).stream().flatMap(List::stream).map(Task::job).toList();
    assertThat(claimed).doesNotHaveDuplicates();
    assertThat(store.claim("a1", "last", Duration.ofMinutes(1), 60)).hasSize(60 - claimed.size());
  }

  /** Row Q9, small. */
  @Test
  void aBudgetIsNeverOverByOne() throws Exception {
    Amount limit = new Amount(10, 1000, 1_000_000, 1_000_000);
    List<Callable<Boolean>> claims = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      String holder = "machines/m" + i;
      claims.add(() -> store.write("t1", book -> book.claim("tenant:t1", holder, ONE, limit)));
    }

    assertThat(together(claims, 16).stream().filter(taken -> taken)).hasSize(10);
    assertThat(store.claimed("tenant:t1")).isEqualTo(new Amount(10, 20, 10_240, 100_000));
  }

  @Test
  void aHolderTakesOnceAndGivesBackAll() {
    for (int i = 0; i < 2; i++) {
      assertThat(
              store.<Boolean>write(
                  "t1", book -> book.claim("tenant:t1", "machines/m1", ONE, Amount.UNLIMITED)))
          .isTrue();
    }
    assertThat(store.claimed("tenant:t1")).isEqualTo(ONE);

    change("t1", book -> book.release("machines/m1"));
    assertThat(store.claimed("tenant:t1")).isEqualTo(Amount.NONE);
  }

  @Test
  void aClaimFollowsWhatItsHolderHas() {
    Amount more = new Amount(1, 5, 4096, 1);
    change("t1", book -> book.resize("machines/m1", more));
    assertThat(store.claimed("tenant:t1")).isEqualTo(Amount.NONE);
    for (String holder : List.of("machines/m1", "machines/m2")) {
      change("t1", book -> book.claim("tenant:t1", holder, ONE, Amount.UNLIMITED));
    }
    for (int i = 0; i < 2; i++) {
      change("t1", book -> book.resize("machines/m1", more));
      assertThat(store.claimed("tenant:t1")).isEqualTo(ONE.plus(more));
    }
    change("t1", book -> book.release("machines/m1"));
    assertThat(store.claimed("tenant:t1")).isEqualTo(ONE);
  }

  @Test
  void anAmountLargerThanTheLimitTakesNothing() {
    assertThat(
            store.<Boolean>write(
                "t1", book -> book.claim("tenant:t1", "machines/m1", ONE, Amount.NONE)))
        .isFalse();
    assertThat(store.claimed("tenant:t1")).isEqualTo(Amount.NONE);
  }

  @Test
  void changesOfRowsAreEventsInTheOrderOfCommits() {
    Row row = store.write("t1", book -> book.insert(machine("m1", "t1")));
    Row started = store.write("t1", book -> book.update(row.withState("STARTED")));
    Row renamed = store.write("t1", book -> book.update(started.withName("web")));
    change("t1", book -> book.delete(renamed));

    await().until(() -> store.events("t1", 0, 10).size() == 4);
    List<Event> events = store.events("t1", 0, 10);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly("created", "state", "changed", "deleted");
    assertThat(events.get(1).content().path("before").asText()).isEqualTo("CREATING");
    assertThat(events).extracting(Event::position).isSorted().doesNotHaveDuplicates();
    assertThat(store.events("t2", 0, 10)).isEmpty();
    assertThat(store.lastPosition()).isEqualTo(events.getLast().position());
    assertThat(store.firstPosition()).isEqualTo(events.getFirst().position() - 1);
  }

  @Test
  void aReaderOfEventsMissesNoneAndSeesNoneTwiceWhileManyWrite() throws Exception {
    AtomicInteger wakes = new AtomicInteger();
    try (var registration = store.onEvents(wakes::incrementAndGet);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Row>> written = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String id = "m" + i;
        written.add(
            writers.submit(() -> store.write("t1", book -> book.insert(machine(id, "t1")))));
      }
      List<Event> read = new ArrayList<>();
      await()
          .until(() -> {
            long after = read.isEmpty() ? 0 : read.getLast().position();
            read.addAll(store.events(Store.EVERYBODY, after, 7));
            return read.size() >= 200;
          });
      for (Future<Row> each : written) each.get();
      assertThat(read).extracting(Event::resource).doesNotHaveDuplicates().hasSize(200);
      assertThat(read.getLast().position() - read.getFirst().position()).isEqualTo(199);
      assertThat(wakes).hasPositiveValue();
      assertThat(registration).isNotNull();
    }
  }

  @Test
  void anIdempotencyKeyIsATenantsAndEndsWithItsTime() {
    Instant until = TEN.plusSeconds(60);
    assertThat(remember("t1", "one", until)).isTrue();
    assertThat(remember("t1", "two", until)).isFalse();
    assertThat(remember("t2", "three", until)).isTrue();
    assertThat(remembered("t1")).contains(new Transaction.Remembered("one", "answer"));

    clock.forward(Duration.ofSeconds(60));
    assertThat(remembered("t1")).isEmpty();
    assertThat(remember("t1", "four", until.plusSeconds(60))).isTrue();
  }

  private boolean remember(String tenant, String digest, Instant until) {
    return store.write(tenant, book -> book.remember("key", digest, "answer", until));
  }

  private Optional<Transaction.Remembered> remembered(String tenant) {
    return store.write(tenant, book -> book.remembered("key"));
  }

  @Test
  void intervalsOfUseTouchAndNeverOverlap() {
    startUsage("CREATING", TEN);
    startUsage("STARTED", TEN.plusSeconds(10));
    startUsage("STOPPED", TEN.plusSeconds(5)); // a clock stepped back
    startUsage("STARTED", TEN.plusSeconds(30));
    change(
        "t1",
        book -> {
          book.endUsage("machines/m1", TEN.plusSeconds(40));
          book.endUsage("machines/m1", TEN.plusSeconds(50));
        });

    List<Usage> intervals = store.usage("t1", TEN, TEN.plusSeconds(100));
    assertThat(intervals)
        .extracting(Usage::state)
        .containsExactly("CREATING", "STOPPED", "STARTED");
    for (int i = 1; i < intervals.size(); i++) {
      assertThat(intervals.get(i - 1).to()).contains(intervals.get(i).from());
    }
    assertThat(intervals.getLast().to()).contains(TEN.plusSeconds(40));
    assertThat(store.usage("t1", TEN, TEN.plusSeconds(10))).hasSize(1);
    assertThat(store.usage("t2", TEN, TEN.plusSeconds(100))).isEmpty();
  }

  private void startUsage(String state, Instant from) {
    change("t1", book -> book.startUsage(usage("machines/m1", state, from)));
  }

  @Test
  void aLeaseHasOneHolderAndANumberThatGrowsWithEachNewOne() {
    assertThat(store.lease("sweep", "a", Duration.ofMillis(100))).contains(1L);
    assertThat(store.lease("sweep", "a", Duration.ofMillis(100))).contains(1L);
    assertThat(store.lease("prune", "b", Duration.ofMinutes(1))).contains(1L);
    await().until(() -> store.lease("sweep", "b", Duration.ofMinutes(1)), Optional::isPresent);
    assertThat(store.lease("sweep", "b", Duration.ofMinutes(1))).contains(2L);
    assertThat(store.lease("sweep", "a", Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void thoseWhoWaitForTasksAreCalledAfterTheCommit() throws Exception {
    AtomicInteger found = new AtomicInteger();
    try (var registration = store.onTask(() -> found.set(store.queuesDue().size()))) {
      change("t1", book -> book.insertTask(task("jobs/j1", "t1", "a1", TEN)));
      await().until(() -> found.get() == 1);
      assertThat(registration).isNotNull();
    }
  }

  @Test
  void whatIsKeptNoLongerIsRemovedAndTheRestStays() {
    Row ended = store.write("t1", book -> book.insert(row("jobs/j1", "t1", "Job", "SUCCESS")));
    Row running = store.write("t1", book -> book.insert(row("jobs/j2", "t1", "Job", "RUNNING")));
    remember("t1", "one", TEN.plusSeconds(60));
    await().until(() -> store.lastPosition() == 2);

    clock.forward(Duration.ofDays(29));
    ((JdbcStore) store).prune();
    assertThat(store.read("t1", ended.id())).isPresent();
    assertThat(store.events("t1", 0, 10)).hasSize(2);

    clock.forward(Duration.ofDays(2));
    await()
        .untilAsserted(() -> {
          ((JdbcStore) store).prune();
          assertThat(store.events("t1", store.firstPosition(), 10))
              .extracting(Event::type)
              .containsExactly("deleted");
        });
    assertThat(store.read("t1", ended.id())).isEmpty();
    assertThat(store.read("t1", running.id())).isPresent();
    assertThat(store.firstPosition()).isEqualTo(2);
  }

  @Test
  void changesOfFactsAreToldNewestFirstAndTheLastOfEachFactIsKnown() {
    account("a1");
    facts(fact("a1", 1, "free/cpu", "", "8"), fact("a1", 2, "abilities", "", "START STOP"));
    facts(fact("a1", 3, "free/cpu", "8", "2"));
    facts(fact("a2", 1, "free/cpu", "", "4"));

    assertThat(store.factChanges("a1")).extracting(FactChange::number).containsExactly(3L, 2L, 1L);
    assertThat(store.factChanges("a1").getFirst()).isEqualTo(fact("a1", 3, "free/cpu", "8", "2"));
    List<FactChange> known = store.write(Store.EVERYBODY, book -> book.facts("a1"));
    assertThat(known).extracting(FactChange::number).containsExactly(2L, 3L);
  }

  @Test
  void oldChangesOfFactsGoAndWhatIsToldStillStays() {
    account("a1");
    facts(
        fact("a1", 1, "free/cpu", "", "8"),
        fact("a1", 2, "images/deb/name", "", "debian"),
        fact("a1", 3, "country", "", "GR"));
    facts(fact("a1", 4, "images/deb/name", "debian", ""), fact("a1", 5, "free/cpu", "8", "2"));
    facts(fact("gone", 1, "free/cpu", "", "8"));

    ((JdbcStore) store).prune();
    assertThat(store.factChanges("a1")).hasSize(5);
    assertThat(store.factChanges("gone")).isEmpty();

    clock.forward(Duration.ofDays(31));
    ((JdbcStore) store).prune();
    assertThat(store.factChanges("a1")).extracting(FactChange::number).containsExactly(5L, 3L);
  }

  @Test
  void ofManyChangesOfFactsTheNewestAreKept() {
    account("a1");
    List<FactChange> many = new ArrayList<>();
    for (int i = 1; i <= 5_011; i++) many.add(fact("a1", i, "free/cpu", "8", String.valueOf(i)));
    store.write(
        Store.EVERYBODY,
        book -> {
          many.forEach(each -> book.recordFacts(List.of(each)));
          return true;
        });
    ((JdbcStore) store).prune();
    assertThat(store.factChanges("a1")).hasSize(5_001);
    assertThat(store.factChanges("a1").getLast().number()).isEqualTo(11);
  }

  private void account(String id) {
    store.write("t1", book -> book.insert(row("accounts/" + id, "t1", "Account", "ENABLED")));
  }

  private void facts(FactChange... changes) {
    store.write(
        Store.EVERYBODY,
        book -> {
          book.recordFacts(List.of(changes));
          return true;
        });
  }

  /** Empty texts stand for nothing. */
  static FactChange fact(String account, long number, String name, String before, String after) {
    return new FactChange(
        account,
        number,
        "zone",
        name,
        Optional.of(before).filter(text -> !text.isEmpty()),
        Optional.of(after).filter(text -> !text.isEmpty()),
        "a drawing",
        TEN);
  }

  @Test
  void decisionsAndExpiredTokensAreRemovedWhenTheirTimeIsOver() {
    Row decided = store.write("t1", book -> book.insert(row("decisions/d1", "t1", "Decision", "")));
    Row over = store.write("t1", book -> book.insert(token("apiTokens/a1", Duration.ofDays(1))));
    Row good = store.write("t1", book -> book.insert(token("apiTokens/a2", Duration.ofDays(300))));

    clock.forward(Duration.ofDays(30));
    ((JdbcStore) store).prune();
    assertThat(store.read("t1", decided.id())).isPresent();
    assertThat(store.read("t1", over.id())).isPresent();

    clock.forward(Duration.ofDays(2));
    ((JdbcStore) store).prune();
    assertThat(store.read("t1", decided.id())).isEmpty();
    assertThat(store.read("t1", over.id())).isEmpty();
    assertThat(store.read("t1", good.id())).isPresent();
  }

  private static Row token(String id, Duration life) {
    Row row = row(id, "t1", "ApiToken", "");
    return row.withDocument(Samples.document().put("expires", TEN.plus(life).toString()));
  }

  private void change(String tenant, Consumer<Transaction> change) {
    store.write(
        tenant,
        book -> {
          change.accept(book);
          return true;
        });
  }

  private Store.Found list(String tenant) {
    return store.list(
        tenant, "Machine", Optional.empty(), Optional.empty(), List.of(), 0, Long.MAX_VALUE);
  }

  static <T> List<T> together(List<Callable<T>> work) throws Exception {
    return together(work, 64);
  }

  /** Results of those which did not fail. */
  static <T> List<T> together(List<Callable<T>> work, int threads) throws Exception {
    try (ExecutorService all = Executors.newFixedThreadPool(threads)) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : all.invokeAll(work)) {
        if (each.state() == Future.State.SUCCESS) results.add(each.resultNow());
      }
      return results;
    }
  }

  static String fresh() {
    return UUID.randomUUID().toString();
  }
}
