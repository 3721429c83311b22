package io.meltemi.broker.store;

import io.meltemi.pivot.Amount;
import java.util.List;

/**
 * What holders took from budgets. The budget's own row holds the sum: one conditional update takes
 * from it, so two who want the last piece wait for each other and one of them gets it.
 */
final class ClaimTable {
  private final Session session;

  ClaimTable(Session session) {
    this.session = session;
  }

  boolean claim(String budget, String holder, Amount amount, Amount limit) {
    if (!limit.holds(amount)) return false;
    open(budget);
    if (!note(budget, holder, amount)) return true;
    if (take(budget, amount, limit)) return true;
    session.update("delete from claim where budget = ? and holder = ?", budget, holder);
    return false;
  }

  private void open(String budget) {
    boolean known =
        session.first("select 1 from budget where name = ?", row -> true, budget).orElse(false);
    if (known) return;
    session.insertIfAbsent(
        "insert into budget (name, machines, cpu, memory_kibibytes, disk_kilobytes, volumes)"
            + " values (?, 0, 0, 0, 0, 0)",
        budget);
  }

  private boolean note(String budget, String holder, Amount amount) {
    return session.insertIfAbsent(
        "insert into claim (budget, holder, machines, cpu, memory_kibibytes, disk_kilobytes,"
            + " volumes) values (?, ?, ?, ?, ?, ?, ?)",
        budget,
        holder,
        amount.machines(),
        amount.cpu(),
        amount.memoryKibibytes(),
        amount.diskKilobytes(),
        amount.volumes());
  }

  private boolean take(String budget, Amount amount, Amount limit) {
    return session.update(
            "update budget set machines = machines + ?, cpu = cpu + ?,"
                + " memory_kibibytes = memory_kibibytes + ?, disk_kilobytes = disk_kilobytes + ?,"
                + " volumes = volumes + ?"
                + " where name = ? and machines <= ? and cpu <= ? and memory_kibibytes <= ?"
                + " and disk_kilobytes <= ? and volumes <= ?",
            amount.machines(),
            amount.cpu(),
            amount.memoryKibibytes(),
            amount.diskKilobytes(),
            amount.volumes(),
            budget,
            limit.machines() - amount.machines(),
            limit.cpu() - amount.cpu(),
            limit.memoryKibibytes() - amount.memoryKibibytes(),
            limit.diskKilobytes() - amount.diskKilobytes(),
            limit.volumes() - amount.volumes())
        == 1;
  }

  void resize(String holder, Amount amount) {
    for (Held held : held(holder)) {
      if (held.amount().equals(amount)) continue;
      int gone =
          session.update(
              "delete from claim where budget = ? and holder = ?", held.budget(), holder);
      if (gone == 1 && note(held.budget(), holder, amount)) {
        giveBack(held);
        boolean ignored = take(held.budget(), amount, Amount.UNLIMITED);
      }
    }
  }

  void release(String holder) {
    for (Held held : held(holder)) {
      int gone =
          session.update(
              "delete from claim where budget = ? and holder = ?", held.budget(), holder);
      if (gone == 1) giveBack(held);
    }
  }

  private record Held(String budget, Amount amount) {}

  private List<Held> held(String holder) {
    return session.list(
        "select * from claim where holder = ? order by budget",
        row -> new Held(row.getString("budget"), UsageTable.amount(row)),
        holder);
  }

  private void giveBack(Held held) {
    session.update(
        "update budget set machines = machines - ?, cpu = cpu - ?,"
            + " memory_kibibytes = memory_kibibytes - ?, disk_kilobytes = disk_kilobytes - ?,"
            + " volumes = volumes - ? where name = ?",
        held.amount().machines(),
        held.amount().cpu(),
        held.amount().memoryKibibytes(),
        held.amount().diskKilobytes(),
        held.amount().volumes(),
        held.budget());
  }

  Amount claimed(String budget) {
    return session
        .first("select * from budget where name = ?", UsageTable::amount, budget)
        .orElse(Amount.NONE);
  }
}
