package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a claimed task, step after step, until it waits, ends, or is taken away. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration AFTER_OUR_FAILURE = Duration.ofSeconds(10);

  private final Tools tools;
  private final Map<String, Step> steps;

  Worker(Tools tools, Map<String, Step> steps) {
    this.tools = tools;
    this.steps = steps;
  }

  /** Works until the task leaves this worker's hands. */
  void work(Work work, Closing closing) {
    try {
      boolean mine = true;
      while (mine && !closing.isClosing()) mine = store(work, run(work));
      if (mine) letGo(work);
    } catch (StaleException e) {
      LOG.debug("job {}: taken over by another worker or job", work.job());
    } catch (RuntimeException e) {
      failed(work, closing, e);
    }
  }

  /** A step that outlived its engine may find the store closed: its claim ends by itself. */
  private void failed(Work work, Closing closing, RuntimeException failure) {
    if (closing.isClosing()) {
      LOG.info("job {}: step {} is left to the next start", work.job(), work.task().step());
      LOG.debug("it ended so", failure);
    } else {
      LOG.error(
          "job {}: step {} failed, tried again later", work.job(), work.task().step(), failure);
      tryLater(work);
    }
  }

  /** Tells whether nothing new shall be begun. */
  interface Closing {
    boolean isClosing();
  }

  private Next run(Work work) {
    Step step = step(work.task().step());
    if (work.targetIsGone()) {
      return work.end(
          JobState.FAILED, ReturnCode.LOST, work.target() + " no longer exists", Next.nothing());
    }
    boolean stops = work.memory().path("stop").asBoolean() && !step.closing();
    if (!stops && !work.now().isBefore(until(work))) return step.expired(work);
    work.unhindered();
    try {
      return stops ? step.stop(work) : step.run(work);
    } catch (ConnectorException e) {
      LOG.info("job {}: step {}: {}", work.job(), step.name(), e.getMessage());
      return step.fault(work, e);
    }
  }

  /** Stores what a run found out; true when the task stays in hand. */
  private boolean store(Work work, Next next) {
    return switch (next) {
      case Next.Go go -> goOn(work, go);
      case Next.Again again -> {
        commit(work, again, waiting(work, again));
        yield false;
      }
      case Next.End end -> {
        end(work, end);
        yield false;
      }
    };
  }

  private boolean goOn(Work work, Next.Go go) {
    Step step = step(go.step());
    boolean same = go.queue().equals(work.task().queue());
    work.enter(step);
    Task next = work.task().next(step.name(), tools.clock().instant(), work.memory().deepCopy());
    Task stored = same ? work.held(next, 0) : released(next.inQueue(go.queue()), next.due(), 0);
    commit(work, go, stored);
    work.movedTo(stored);
    return same;
  }

  /** However long the pause, what happens at the step's limit happens then. */
  private Task waiting(Work work, Next.Again again) {
    Instant now = tools.clock().instant();
    Instant until = until(work);
    Instant wished = now.plus(again.after());
    Instant due = until.isAfter(now) && wished.isAfter(until) ? until : wished;
    Task task = work.task();
    ObjectNode memory = Waits.marked(work.memory(), again.looks());
    return released(task.again(due, memory), due, task.attempts() + 1);
  }

  private void commit(Work work, Next next, Task stored) {
    tools
        .store()
        .write(
            Store.EVERYBODY,
            transaction -> {
              next.change().accept(transaction);
              transaction.find(work.job()).ifPresent(job -> show(transaction, job, stored, next));
              transaction.updateTask(stored);
              return stored;
            });
  }

  private void show(Transaction transaction, Row job, Task task, Next next) {
    Step step = step(task.step());
    String message = next instanceof Next.Again again ? again.why() : step.doing();
    Row shown = tools.jobs().running(job, Mounting.progress(task, step), message);
    if (!shown.equals(job)) transaction.update(shown);
  }

  private void end(Work work, Next.End end) {
    tools
        .store()
        .write(
            Store.EVERYBODY,
            transaction -> {
              end.change().accept(transaction);
              transaction.find(work.job()).ifPresent(job -> close(transaction, job, work, end));
              transaction.deleteTask(work.task());
              return work.job();
            });
  }

  private void close(Transaction transaction, Row job, Work work, Next.End end) {
    Row row = tools.jobs().ended(job, end.state(), end.code(), end.message());
    for (String path : Mounting.involved(work)) {
      if (transaction.find(path).isEmpty()) row = tools.jobs().without(row, path);
    }
    JobRows.keep(transaction, row);
    Nested.close(transaction, tools.jobs(), job, end);
  }

  private void letGo(Work work) {
    Task task = work.task();
    Task free = released(task, tools.clock().instant(), task.attempts());
    tools
        .store()
        .write(
            Store.EVERYBODY,
            transaction -> {
              transaction.updateTask(free);
              return free;
            });
  }

  private void tryLater(Work work) {
    try {
      Task task = work.task();
      Instant due = tools.clock().instant().plus(AFTER_OUR_FAILURE);
      ObjectNode memory = Waits.marked(task.memory(), false);
      Task later = released(task.again(due, memory), due, task.attempts() + 1);
      tools
          .store()
          .write(
              Store.EVERYBODY,
              transaction -> {
                transaction.updateTask(later);
                return later;
              });
    } catch (RuntimeException e) {
      LOG.warn("job {}: could not be put back, its claim ends by itself", work.job(), e);
    }
  }

  private Instant until(Work work) {
    return Instant.parse(work.memory().path("until").asText());
  }

  private Step step(String name) {
    Step step = steps.get(name);
    if (step == null) throw new IllegalStateException("no step is called " + name);
    return step;
  }

  private static Task released(Task task, Instant due, int attempts) {
    return new Task(
        task.job(),
        task.tenant(),
        task.queue(),
        task.step(),
        due,
        attempts,
        task.memory(),
        task.fence(),
        Optional.empty(),
        Optional.empty());
  }
}
