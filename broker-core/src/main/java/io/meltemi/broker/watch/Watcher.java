package io.meltemi.broker.watch;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.account.PerAccount;
import io.meltemi.broker.place.Residents;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Observation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machines of every account, at intervals and soon after a hint of the provider. Rows
 * are read before the provider is asked: one that moved on meanwhile is left to the next look.
 */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  private final Store store;
  private final ConnectorPool connectors;
  private final Residents residents;
  private final Comparison comparison;
  private final PerAccount rounds;
  private final Map<String, Hints> hints = new ConcurrentHashMap<>();

  private record Hints(Connector connector, AutoCloseable subscription) {}

  public Watcher(
      Store store,
      Accounts accounts,
      ConnectorPool connectors,
      Residents residents,
      Comparison comparison) {
    this.store = store;
    this.connectors = connectors;
    this.residents = residents;
    this.comparison = comparison;
    this.rounds =
        new PerAccount("watch", accounts, store, account -> account.limits().watch(), this::look);
  }

  /** Begins; returns at once. */
  public void start() {
    rounds.start();
  }

  /** Looks once at all machines of an account. */
  public void look(Account account) {
    try {
      Connector connector = connectors.open(account);
      listen(account.id(), connector);
      List<Row> rows = rows(account.id());
      List<Observation> seen = connector.machines().list();
      comparison.compare(account.id(), connector, rows, seen);
    } catch (ConnectorException e) {
      LOG.debug("account {}: not seen now: {}", account.id(), e.getMessage());
    }
  }

  private List<Row> rows(String account) {
    return residents.on(account).stream()
        .flatMap(id -> store.read(Store.EVERYBODY, id).stream())
        .toList();
  }

  /** Hints come from the connector that is open now. */
  private void listen(String account, Connector connector) {
    Hints now = hints.get(account);
    if (now != null && now.connector() == connector) return;
    if (now != null) stop(now);
    AutoCloseable subscription = connector.watch(changed -> rounds.hurry(account));
    hints.put(account, new Hints(connector, subscription));
  }

  private static void stop(Hints old) {
    try {
      old.subscription().close();
    } catch (Exception e) {
      LOG.warn("a watch could not be closed", e);
    }
  }

  @Override
  public void close() {
    rounds.close();
    hints.values().forEach(Watcher::stop);
    hints.clear();
  }
}
