package io.meltemi.broker.catalog;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.store.FactChange;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records what a discovery tells otherwise than what was recorded before. Amounts that follow use
 * change all the time: a step of a tenth or more is recorded, {@link #REST} after the last record
 * at the earliest, and a smaller one when that is a day old.
 */
final class FactHistory {
  static final Duration REST = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);

  /** What goes beyond is recorded with the next discovery. */
  private static final int MOST_AT_ONCE = 1000;

  private final Store store;

  /** What was last recorded of each fact, by account, so that no news needs no question. */
  private final Map<String, Map<Facts.Fact, FactChange>> recorded = new ConcurrentHashMap<>();

  FactHistory(Store store) {
    this.store = store;
  }

  void record(Account account, Inventory inventory) {
    Map<Facts.Fact, Facts.Value> now = Facts.of(inventory);
    Map<Facts.Fact, FactChange> before = recorded.get(account.id());
    if (before != null && changes(account, before, now, inventory).isEmpty()) return;
    recorded.put(
        account.id(),
        store.write(
            Store.EVERYBODY, transaction -> recorded(transaction, account, now, inventory)));
  }

  /** The account is not asked any more. */
  void leave(String account) {
    recorded.remove(account);
  }

  /** Decided anew by what stands there, for another replica may have recorded the same. */
  private static Map<Facts.Fact, FactChange> recorded(
      Transaction transaction,
      Account account,
      Map<Facts.Fact, Facts.Value> now,
      Inventory inventory) {
    Map<Facts.Fact, FactChange> known = new HashMap<>();
    transaction.facts(account.id()).forEach(each -> known.put(fact(each), each));
    if (transaction.find(account.path()).isEmpty()) return known;
    List<FactChange> changes = changes(account, known, now, inventory);
    transaction.recordFacts(changes);
    changes.forEach(each -> known.put(fact(each), each));
    return known;
  }

  private static Facts.Fact fact(FactChange change) {
    return new Facts.Fact(change.place(), change.fact());
  }

  private static List<FactChange> changes(
      Account account,
      Map<Facts.Fact, FactChange> before,
      Map<Facts.Fact, Facts.Value> now,
      Inventory inventory) {
    long number = before.values().stream().mapToLong(FactChange::number).max().orElse(0);
    Set<Facts.Fact> all = new LinkedHashSet<>(now.keySet());
    all.addAll(before.keySet());
    List<FactChange> changes = new ArrayList<>();
    for (Facts.Fact fact : all) {
      Optional<FactChange> last = Optional.ofNullable(before.get(fact));
      Optional<Facts.Value> value = Optional.ofNullable(now.get(fact));
      if (!isNews(last, value, inventory.observed())) continue;
      changes.add(
          new FactChange(
              account.id(),
              ++number,
              fact.place(),
              fact.name(),
              last.flatMap(FactChange::after),
              value.map(Facts.Value::text),
              inventory.source(),
              inventory.observed()));
      if (changes.size() == MOST_AT_ONCE) break;
    }
    return changes;
  }

  /** Of two discoveries at the same time the one that asked later counts. */
  private static boolean isNews(
      Optional<FactChange> last, Optional<Facts.Value> value, Instant observed) {
    Optional<String> before = last.flatMap(FactChange::after);
    if (value.map(Facts.Value::text).equals(before)) return false;
    if (last.isEmpty()) return true;
    Duration since = Duration.between(last.get().time(), observed);
    if (since.isNegative()) return false;
    if (value.isEmpty() || !value.get().amount() || !isNumber(before)) return true;
    boolean step = isStep(Long.parseLong(before.get()), Long.parseLong(value.get().text()));
    return since.compareTo(step ? REST : DAY) >= 0;
  }

  private static boolean isNumber(Optional<String> text) {
    return text.filter(each -> each.matches("[0-9]{1,18}")).isPresent();
  }

  private static boolean isStep(long one, long other) {
    return Math.abs(one - other) >= Math.max(one, other) / 10.0;
  }
}
