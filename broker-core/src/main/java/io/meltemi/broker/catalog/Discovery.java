package io.meltemi.broker.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.account.PerAccount;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Confidence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every account again and again what it has, fills the catalogue with it, and writes what was
 * found, or what hindered, to the account's row.
 */
public final class Discovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /** A row is written anew at least so often, for its time to be true enough. */
  private static final Duration TIME_STAMP = Duration.ofMinutes(1);

  private final Store store;
  private final Accounts accounts;
  private final ConnectorPool connectors;
  private final OfferCatalog catalog;
  private final ImageBook images;
  private final FactHistory history;
  private final Clock clock;
  private final PerAccount rounds;

  public Discovery(
      Store store, Accounts accounts, ConnectorPool connectors, OfferCatalog catalog, Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.connectors = connectors;
    this.catalog = catalog;
    this.clock = clock;
    this.images = new ImageBook(clock);
    this.history = new FactHistory(store);
    this.rounds =
        new PerAccount(
            "discovery",
            accounts,
            store,
            account -> account.limits().discover(),
            this::discover,
            account -> {
              connectors.leave(account);
              history.leave(account);
              catalog.remove(account);
            });
    accounts.all().forEach(this::restore);
  }

  /** Begins; returns at once. */
  public void start() {
    rounds.start();
  }

  /** Discovers an account as soon as possible. */
  public void hurry(String account) {
    rounds.hurry(account);
  }

  /** Asks an account now what it has; what hinders is on its row afterwards. */
  public void discover(Account account) {
    try {
      ask(account);
    } catch (ConnectorException e) {
      LOG.info("account {}: not discovered: {}", account.id(), e.getMessage());
    } catch (StaleException e) {
      LOG.debug("account {}: its row or an image moved on, discovered again", account.id());
      rounds.hurry(account.id());
    }
  }

  /**
   * The same, and tells.
   *
   * @throws ConnectorException with what hinders, when that is on the account's row
   */
  public Inventory ask(Account account) {
    try {
      Inventory inventory = connectors.open(account).discover();
      learn(account, inventory);
      return inventory;
    } catch (ConnectorException e) {
      failed(account, e);
      throw e;
    }
  }

  /** An account that was just stored offers at once what it was found to have. */
  public void found(String account, Inventory inventory) {
    try {
      accounts.find(account).ifPresent(stored -> learn(stored, inventory));
    } catch (StaleException e) {
      rounds.hurry(account);
    }
  }

  private void learn(Account account, Inventory inventory) {
    take(account, inventory);
    history.record(account, inventory);
  }

  /** One at a time, for two that take the same new image over would make two rows of it. */
  private synchronized void take(Account account, Inventory inventory) {
    if (!isCurrent(account)) throw changed(account);
    List<Row> rows = store.all(ImageBook.KIND);
    List<Inventory.Image> lasting = lasting(account, inventory, rows);
    Map<String, String> ours =
        ImageBook.settled(account, lasting, rows)
            ? ImageBook.known(account, rows)
            : store.write(
                Store.EVERYBODY,
                transaction -> {
                  if (transaction.find(account.path()).isEmpty()) throw changed(account);
                  return images.take(transaction, account, lasting, rows);
                });
    catalog.put(new Shelf(account, inventory, ours, Confidence.CONFIRMED));
    store
        .read(Store.EVERYBODY, account.path())
        .filter(row -> tells(row, inventory))
        .ifPresent(
            row -> store.write(Store.EVERYBODY, transaction -> write(transaction, row, inventory)));
  }

  /** The account is being deleted: what only it had is nowhere. */
  public void leaving(Transaction transaction, String account) {
    ImageBook.leave(transaction, account, store.all(ImageBook.KIND));
  }

  private static StaleException changed(Account account) {
    return new StaleException(account.path() + " has changed since it was asked");
  }

  /** False when it was deleted, or when other settings count by now. */
  private boolean isCurrent(Account account) {
    return accounts.find(account.id()).filter(account::equals).isPresent();
  }

  /** That the same was seen again is no news. */
  private static Row write(Transaction transaction, Row row, Inventory inventory) {
    Row found = AccountFacts.found(row, inventory);
    return AccountFacts.news(row, inventory) ? transaction.update(found) : transaction.touch(found);
  }

  /**
   * Images that may become rows. A new one counts when it is seen for the second time and no
   * capture or deletion of ours is under way there, for until then it may be a tenant's.
   */
  private List<Inventory.Image> lasting(Account account, Inventory inventory, List<Row> rows) {
    Map<String, String> known = ImageBook.known(account, rows);
    boolean unsure = ImageBook.underWay(account, rows);
    Optional<Set<String>> before =
        catalog
            .shelf(account.id())
            .map(shelf ->
                shelf.inventory().images().stream()
                    .map(Inventory.Image::id)
                    .collect(Collectors.toSet()));
    return inventory.images().stream()
        .filter(image ->
            known.containsKey(image.id())
                || !unsure && before.map(ids -> ids.contains(image.id())).orElse(true))
        .toList();
  }

  /** Nothing is known any more of an account that its provider refuses; else facts grow old. */
  private synchronized void failed(Account account, ConnectorException failure) {
    if (!isCurrent(account)) return;
    if (failure.fault() == Fault.CREDENTIALS) catalog.remove(account.id());
    else catalog.remember(account.id());
    store.write(
        Store.EVERYBODY,
        transaction -> {
          boolean told =
              transaction
                  .find(account.path())
                  .filter(row -> says(row, failure.reason()))
                  .isPresent();
          return told || Accounts.mark(transaction, account.id(), failure.reason());
        });
  }

  private static boolean says(Row row, String error) {
    return row.document().path("error").asText().equals(error);
  }

  private void restore(Account account) {
    store
        .read(Store.EVERYBODY, account.path())
        .map(row -> row.inner().path("inventory"))
        .filter(JsonNode::isObject)
        .ifPresent(json ->
            catalog.put(
                new Shelf(
                    account,
                    InventoryText.inventory(json),
                    ImageBook.known(account, store.all(ImageBook.KIND)),
                    Confidence.REMEMBERED)));
  }

  /** True when the row says something else, or the same for long. */
  private boolean tells(Row row, Inventory inventory) {
    String time = row.document().path("discovered").asText("");
    return AccountFacts.news(row, inventory)
        || Instant.parse(time).plus(TIME_STAMP).isBefore(clock.instant());
  }

  @Override
  public void close() {
    rounds.close();
  }
}
