package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new store begins with, so that a machine can be ordered at once: sizes to choose from, and
 * accounts for what is at hand. Made once; what an operator deletes later stays deleted.
 */
final class FirstRows {
  private static final String MARK = "firstRows/1";

  private final Store store;
  private final Clock clock;

  FirstRows(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * An account of the house that every tenant may use.
   *
   * @param id last part of its path
   */
  record LocalAccount(String id, String name, String connector, Map<String, String> settings) {}

  /** Makes what is missing of the accounts and, the first time, the sizes. */
  void make(List<LocalAccount> accounts) {
    store.write(
        Store.EVERYBODY,
        transaction -> {
          for (LocalAccount account : accounts) make(transaction, account);
          if (transaction.find(MARK).isPresent()) return false;
          transaction.insert(row(MARK, "FirstRows", "", JsonNodeFactory.instance.objectNode()));
          transaction.insert(size("tiny", 1, 128));
          transaction.insert(size("small", 1, 512));
          transaction.insert(size("medium", 2, 2048));
          transaction.insert(size("large", 4, 8192));
          return true;
        });
  }

  /** The settings are made anew at each start: they name the folder, which may have moved. */
  private void make(Transaction transaction, LocalAccount account) {
    Row made = account(account);
    Optional<Row> there = transaction.find(made.id());
    if (there.isEmpty()) {
      transaction.insert(made);
      return;
    }
    JsonNode settings = made.document().path("settings");
    if (settings.equals(there.get().document().path("settings"))) return;
    ObjectNode moved = there.get().document().deepCopy();
    moved.set("settings", settings);
    transaction.update(there.get().withDocument(moved));
  }

  private Row account(LocalAccount account) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("connector", account.connector());
    ObjectNode settings = document.putObject("settings");
    account.settings().forEach(settings::put);
    return row("accounts/" + account.id(), "Account", account.name(), document);
  }

  private Row size(String name, int cpu, int mebibytes) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("cpu", cpu).put("memory", mebibytes * 1024L);
    return row("machineConfigs/" + name, "MachineConfiguration", name, document);
  }

  private Row row(String id, String kind, String name, ObjectNode document) {
    Instant now = clock.instant();
    return new Row(id, Row.HOUSE, kind, Optional.empty(), name, "", now, now, 1, document);
  }
}
