package io.meltemi.broker.store;

import java.time.Instant;
import java.util.Optional;

/** Answers by idempotency key. A key whose time is over is free again. */
final class KeyTable {
  private final Session session;

  KeyTable(Session session) {
    this.session = session;
  }

  boolean remember(
      String tenant, String key, String digest, String answer, Instant until, Instant now) {
    session.update(
        "delete from idempotency where tenant = ? and name = ? and until <= ?", tenant, key, now);
    return session.insertIfAbsent(
        "insert into idempotency (tenant, name, digest, answer, until) values (?, ?, ?, ?, ?)",
        tenant,
        key,
        digest,
        answer,
        until);
  }

  Optional<Transaction.Remembered> remembered(String tenant, String key, Instant now) {
    return session.first(
        "select digest, answer from idempotency where tenant = ? and name = ? and until > ?",
        row -> new Transaction.Remembered(row.getString("digest"), row.getString("answer")),
        tenant,
        key,
        now);
  }

  int prune(Instant now) {
    return session.update("delete from idempotency where until <= ?", now);
  }
}
