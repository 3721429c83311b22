package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One task in the hands of a worker: what its steps see and how they answer. Of one thread. */
final class Work {
  private static final Duration FIRST_LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  /** In a task's memory: what its provider said when the step was hindered last. */
  private static final String SAID = "said";

  private static final int LONGEST_SAID = 500;

  private final Tools tools;
  private Task task;
  private ObjectNode memory;

  Work(Tools tools, Task task) {
    this.tools = tools;
    this.task = task;
    this.memory = task.memory().deepCopy();
  }

  Tools tools() {
    return tools;
  }

  JobLimits limits() {
    return tools.limits();
  }

  Task task() {
    return task;
  }

  String job() {
    return task.job();
  }

  /** What earlier steps left. Changes are stored with whatever comes next. */
  ObjectNode memory() {
    return memory;
  }

  Instant now() {
    return tools.clock().instant();
  }

  /** The connector of the account in whose queue the task stands. */
  Connector connector() {
    return tools.connectors().open(task.queue());
  }

  /** Path of what is worked on. */
  String target() {
    return memory.path("target").asText();
  }

  /** What the step has in hand: what is worked on, or a volume that is made with it. */
  private String subject() {
    return Mounting.focus(memory).orElseGet(this::target);
  }

  /** What the step has in hand, as it is now. */
  Row row() {
    return row(subject()).orElseThrow(() -> new IllegalStateException(subject() + " is gone"));
  }

  Optional<Row> row(String path) {
    return tools.store().read(Store.EVERYBODY, path);
  }

  boolean targetIsGone() {
    return memory.has("target") && tools.store().read(Store.EVERYBODY, target()).isEmpty();
  }

  /** A change of what the step has in hand, if it still is there when it is written. */
  Consumer<Transaction> onRow(BiConsumer<Transaction, Row> change) {
    String path = subject();
    return transaction -> transaction.find(path).ifPresent(row -> change.accept(transaction, row));
  }

  Consumer<Transaction> move(MachineState state) {
    return onRow((transaction, row) -> tools.machines().moved(transaction, row, state));
  }

  Consumer<Transaction> move(MachineState state, String reason) {
    return onRow((transaction, row) -> tools.machines().moved(transaction, row, state, reason));
  }

  /** Stores an intention before the provider is called; the task stays in hand. */
  void save(Consumer<Transaction> change) {
    ObjectNode kept = memory.deepCopy();
    Task saved = held(task.again(task.due(), kept), task.attempts());
    tools
        .store()
        .write(
            Store.EVERYBODY,
            transaction -> {
              change.accept(transaction);
              transaction.updateTask(saved);
              return saved;
            });
    task = saved;
  }

  /** The task is at its next step, or asked again, and stays in hand. */
  void movedTo(Task next) {
    task = next;
    memory = next.memory().deepCopy();
  }

  /** The claim of the task counts from now. */
  Task held(Task next, int attempts) {
    return new Task(
        next.job(),
        next.tenant(),
        next.queue(),
        next.step(),
        next.due(),
        attempts,
        next.memory(),
        next.fence(),
        next.owner(),
        Optional.of(tools.store().databaseTime().plus(limits().hold())));
  }

  /** The step begins now: sets when its time is over, at most that of the job. */
  void enter(Step step) {
    unhindered();
    Instant until = now().plus(step.limit(this));
    if (!step.closing() && memory.hasNonNull("end")) {
      Instant end = Instant.parse(memory.path("end").asText());
      if (end.isBefore(until)) until = end;
    }
    memory.put("until", until.toString());
    Absence.forget(this);
  }

  /** What hindered the step hinders it no longer, until it is heard again. */
  void unhindered() {
    memory.remove(SAID);
  }

  /** Why a step was given up when its time was over, with what its provider said last. */
  String late(String reason) {
    String said = memory.path(SAID).asText();
    return said.isEmpty() ? reason : reason + "; the provider last said: " + said;
  }

  /** The limits of the account in whose queue the task stands. */
  AccountLimits accountLimits() {
    return tools.connectors().limits(task.queue());
  }

  Next go(String step, Consumer<Transaction> change) {
    return new Next.Go(step, task.queue(), change);
  }

  Next go(String step) {
    return go(step, Next.nothing());
  }

  /** Look again soon; the pauses grow. */
  Next look(String why) {
    return look(why, Next.nothing());
  }

  Next look(String why, Consumer<Transaction> change) {
    return new Next.Again(grown(FIRST_LOOK, 1.25, LONGEST_LOOK), why, change, true);
  }

  /** Try again after a failure that may pass; as late as the provider asks. */
  Next again(ConnectorException fault) {
    return again(fault, Next.nothing());
  }

  /**
   * Nothing was asked for yet: try again after a failure that may pass.
   *
   * @param refused what comes of any other
   */
  Next againOr(ConnectorException fault, Supplier<Next> refused) {
    return switch (fault.fault()) {
      case TRANSIENT, UNKNOWN -> again(fault);
      case BAD_REQUEST, QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED -> refused.get();
    };
  }

  Next again(ConnectorException fault, Consumer<Transaction> change) {
    Duration pause = grown(limits().firstPause(), 2, limits().longestPause());
    Duration spread =
        pause.dividedBy(2).plusMillis(tools.random().nextLong(pause.toMillis() / 2 + 1));
    Duration asked = fault.retryAfter().orElse(Duration.ZERO);
    Duration after = asked.compareTo(spread) > 0 ? asked : spread;
    memory.put(SAID, cut(fault.reason()));
    return new Next.Again(after, fault.reason(), change, false);
  }

  Next end(JobState state, int code, String message, Consumer<Transaction> change) {
    return new Next.End(state, code, message, change);
  }

  private static String cut(String words) {
    return words.codePointCount(0, words.length()) <= LONGEST_SAID
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LONGEST_SAID)) + " …";
  }

  private Duration grown(Duration first, double factor, Duration most) {
    double millis = first.toMillis() * Math.pow(factor, Math.min(task.attempts(), 60));
    return Duration.ofMillis((long) Math.min(millis, most.toMillis()));
  }
}
