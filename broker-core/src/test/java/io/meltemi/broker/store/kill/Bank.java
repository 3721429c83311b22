package io.meltemi.broker.store.kill;

import static io.meltemi.model.schema.Declare.kind;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind.Metering;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A hundred balances in the store, between which ones are moved, each move with a row of 1.5 kB.
 */
final class Bank {
  static final int BALANCES = 100;
  static final long EACH = 1000;
  static final String TENANT = "bank";

  private static final String PAPER = "x".repeat(1400);
  private static final Kinds KINDS =
      new Kinds(
          List.of(
              kind("Balance").collection("balances", "balances").metering(Metering.NONE),
              kind("Move").collection("moves", "moves").metering(Metering.NONE)));

  private Bank() {}

  static Store open(Path folder) {
    return Stores.h2(folder, KINDS, Clock.systemUTC());
  }

  static void found(Store store) {
    store.write(
        TENANT,
        book -> {
          for (int i = 0; i < BALANCES; i++) {
            book.insert(row(balance(i), "Balance", document().put("amount", EACH)));
          }
          return true;
        });
  }

  /** Moves one; returns the id of the row that says so. */
  static String move(Store store, RandomGenerator random) {
    int from = random.nextInt(BALANCES);
    int to = (from + 1 + random.nextInt(BALANCES - 1)) % BALANCES;
    String id = "moves/" + UUID.randomUUID();
    ObjectNode move = document().put("from", from).put("to", to).put("paper", PAPER);
    store.write(
        TENANT,
        book -> {
          add(book, from, -1);
          add(book, to, 1);
          return book.insert(row(id, "Move", move));
        });
    return id;
  }

  private static void add(Transaction book, int balance, long amount) {
    Row row = book.find(balance(balance)).orElseThrow();
    ObjectNode changed = row.document().deepCopy();
    changed.put("amount", amount(row) + amount);
    book.update(row.withDocument(changed));
  }

  static long amount(Row balance) {
    return balance.document().path("amount").asLong();
  }

  static String balance(int number) {
    return "balances/" + number;
  }

  private static Row row(String id, String kind, ObjectNode document) {
    Instant now = Instant.now();
    return new Row(id, TENANT, kind, Optional.empty(), "", "", now, now, 0, document);
  }

  private static ObjectNode document() {
    return JsonNodeFactory.instance.objectNode();
  }
}
