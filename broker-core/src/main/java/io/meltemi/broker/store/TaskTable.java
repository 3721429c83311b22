package io.meltemi.broker.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What workers do, and who holds it. */
final class TaskTable {
  private final Session session;
  private final String free;

  TaskTable(Session session) {
    this.session = session;
    this.free = "(owner is null or until < " + session.dialect().now + ")";
  }

  Optional<Task> find(String job) {
    return session.first("select * from task where job = ?", TaskTable::task, job);
  }

  void insert(Task task) {
    if (!session.insertIfAbsent(
        "insert into task (job, tenant, queue, step, due, attempts, memory, fence, owner, until)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        task.job(),
        task.tenant(),
        task.queue(),
        task.step(),
        task.due(),
        task.attempts(),
        task.memory(),
        task.fence(),
        task.owner(),
        task.until())) {
      throw new StaleException("there is a task of " + task.job() + " already");
    }
  }

  void update(Task task) {
    int changed =
        session.update(
            "update task set queue = ?, step = ?, due = ?, attempts = ?, memory = ?, owner = ?,"
                + " until = ? where job = ? and tenant = ? and fence = ?",
            task.queue(),
            task.step(),
            task.due(),
            task.attempts(),
            task.memory(),
            task.owner(),
            task.until(),
            task.job(),
            task.tenant(),
            task.fence());
    if (changed != 1) throw new StaleException("the task of " + task.job() + " is not held");
  }

  void delete(Task task) {
    int changed =
        session.update(
            "delete from task where job = ? and tenant = ? and fence = ?",
            task.job(),
            task.tenant(),
            task.fence());
    if (changed != 1) throw new StaleException("the task of " + task.job() + " is not held");
  }

  boolean interrupt(String job, Instant now) {
    return session.update(
            "update task set owner = null, until = null, fence = fence + 1, due = ? where job = ?",
            now,
            job)
        == 1;
  }

  List<Task> claim(String queue, String owner, Duration hold, Instant now, int most) {
    List<Task> claimed = new ArrayList<>();
    for (String job : free(queue, now, most)) {
      int taken =
          session.update(
              "update task set owner = ?, until = %s, fence = fence + 1 where job = ? and %s"
                  .formatted(session.dialect().later(), free),
              owner,
              hold,
              job);
      if (taken == 1) find(job).ifPresent(claimed::add);
    }
    return claimed;
  }

  private List<String> free(String queue, Instant now, int most) {
    return session.list(
        "select job from task where queue = ? and due <= ? and "
            + free
            + " order by due fetch first ? rows only"
            + session.dialect().skipLocked,
        row -> row.getString(1),
        queue,
        now,
        most);
  }

  /** Frees what anybody holds; returns how much that was. */
  int letGo() {
    return session.update("update task set owner = null, until = null where owner is not null");
  }

  boolean prolong(Task task, Duration hold) {
    return session.update(
            "update task set until = %s where job = ? and fence = ? and owner = ?"
                .formatted(session.dialect().later()),
            hold,
            task.job(),
            task.fence(),
            task.owner())
        == 1;
  }

  List<String> queuesDue(Instant now) {
    return session.list(
        "select distinct queue from task where due <= ? and " + free, row -> row.getString(1), now);
  }

  List<Task> at(String queue, String step) {
    return session.list(
        "select * from task where queue = ? and step = ?", TaskTable::task, queue, step);
  }

  Optional<Instant> nextDue() {
    return session.one(
        "select min(case when owner is null or until < due then due else until end) as due"
            + " from task",
        row -> Session.maybe(row, "due"));
  }

  private static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getString("job"),
        row.getString("tenant"),
        row.getString("queue"),
        row.getString("step"),
        Session.instant(row, "due"),
        row.getInt("attempts"),
        Json.read(row.getString("memory")),
        row.getLong("fence"),
        Optional.ofNullable(row.getString("owner")),
        Session.maybe(row, "until"));
  }
}
