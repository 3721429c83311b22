package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Handle;

/** What a sweep tells. */
final class SweepEvents {
  private SweepEvents() {}

  /** It found something, and asked its provider to remove it. */
  static void removed(Transaction transaction, Work work, Handle handle) {
    boolean twin = work.memory().has(Sweep.KEEP);
    boolean address = work.memory().has(Sweep.ADDRESS);
    String nobodys =
        address
            ? "the floating address of a machine that is gone was released"
            : "an object that nobody owns was removed";
    String message = twin ? "a second object of the same order was removed" : nobodys;
    ObjectNode content = content(work, message).put("handle", handle.value());
    record(transaction, work, twin ? "twin.removed" : "orphan.removed", content);
  }

  /** It gave up, and something may be left. */
  static void possible(Transaction transaction, Work work, String message) {
    record(transaction, work, "orphan.possible", content(work, message));
  }

  private static ObjectNode content(Work work, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("account", work.task().queue())
        .put("token", work.memory().path("token").asText())
        .put("message", message);
  }

  private static void record(Transaction transaction, Work work, String type, ObjectNode content) {
    transaction.record(
        new Event(
            0,
            work.task().tenant(),
            type,
            work.memory().path("owner").asText(),
            Sweep.kind(work),
            work.now(),
            content));
  }
}
