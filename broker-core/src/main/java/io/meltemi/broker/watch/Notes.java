package io.meltemi.broker.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what comparisons find. */
final class Notes {
  private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

  private final Tools tools;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Underway underway;

  Notes(Tools tools) {
    this.tools = tools;
    this.underway = new Underway(tools.clock());
  }

  Underway underway() {
    return underway;
  }

  /** An object bears a token that nobody here knows: told once, never touched. */
  void stranger(String account, Token token, Handle seen) {
    String key = key(account, seen);
    if (!isNews(key, account, token) || !told.add(key)) return;
    LOG.info("account {}: {} bears the unknown token {}", account, seen, token);
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("handle", seen.value())
            .put("token", token.value())
            .put("message", "an object at the provider that nothing here owns; not touched");
    tools
        .store()
        .write(
            Store.EVERYBODY,
            transaction -> {
              transaction.record(
                  new Event(
                      0,
                      Row.HOUSE,
                      "stranger.found",
                      "accounts/" + account,
                      "Account",
                      tools.clock().instant(),
                      content));
              return token;
            });
  }

  /** An object bears the token of a row and is not the row's own: likewise. */
  void twin(PlacedBook book, Row row, Placed placed, Handle seen) {
    String key = "twin " + key(placed.account(), seen);
    if (!isNews(key, placed.account(), placed.token())) return;
    String own = placed.own().map(Handle::value).orElseThrow();
    LOG.info("account {}: {} bears the token of {}", placed.account(), seen, row.id());
    String words =
        "%s at the provider bears its mark and is not it, which is %s; not touched"
            .formatted(seen.value(), own);
    write(
        row,
        (transaction, now) -> {
          book.tell(transaction, now, "twin.found", words);
          told.add(key);
        });
  }

  /** It was not told, and no sweep looks for it. */
  private boolean isNews(String key, String account, Token token) {
    return !told.contains(key)
        && !tools
            .store()
            .write(
                Store.EVERYBODY,
                transaction -> transaction.task(Sweep.id(account, token)).isPresent());
  }

  private static String key(String account, Handle seen) {
    return account + "/" + seen.value();
  }

  /** Writes unless the row has moved on since it was read. */
  void write(Row row, BiConsumer<Transaction, Row> change) {
    try {
      tools
          .store()
          .write(
              Store.EVERYBODY,
              transaction -> {
                Optional<Row> now =
                    transaction
                        .find(row.id())
                        .filter(current -> current.generation() == row.generation());
                now.ifPresent(current -> change.accept(transaction, current));
                return row.id();
              });
    } catch (StaleException e) {
      LOG.debug("{} moved on while it was looked at", row.id());
    }
  }
}
