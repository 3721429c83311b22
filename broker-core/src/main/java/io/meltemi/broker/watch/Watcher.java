package io.meltemi.broker.watch;

import io.github.bucket4j.Bucket;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.account.PerAccount;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Residents;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machines, their snapshots, volumes and ordered networks of every account, at
 * intervals and soon after a hint of the provider. Rows are read before the provider is asked: one
 * that moved on meanwhile is left to the next look.
 */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /** Of one account, heard in a second. */
  private static final int HINTS = 200;

  private final Store store;
  private final ConnectorPool connectors;
  private final Residents residents;
  private final Tools tools;
  private final MachineComparison machines;
  private final Notes volumeNotes;
  private final NetworkComparison networks;
  private final SnapshotLook snapshots;
  private final PerAccount rounds;
  private final Map<String, Hints> hints = new ConcurrentHashMap<>();

  private record Hints(Connector connector, AutoCloseable subscription) {}

  public Watcher(Accounts accounts, Residents residents, Tools tools) {
    this.store = tools.store();
    this.connectors = tools.connectors();
    this.residents = residents;
    this.tools = tools;
    this.machines = new MachineComparison(tools, new Notes(tools));
    this.volumeNotes = new Notes(tools);
    this.networks = new NetworkComparison(tools, new Notes(tools));
    this.snapshots = new SnapshotLook(tools, new Notes(tools));
    this.rounds =
        new PerAccount(
            "watch", accounts, store, account -> account.limits().watch(), this::look, this::leave);
  }

  /** Begins; returns at once. */
  public void start() {
    rounds.start();
  }

  /** Looks once at everything of an account. */
  public void look(Account account) {
    try {
      Connector connector = connectors.open(account);
      listen(account.id(), connector);
      List<Row> rows = rows(account.id(), MachineBook.KIND);
      machines.compare(account.id(), connector, rows, seen(connector, rows));
      look(account.id(), connector);
      lookAtNetworks(account.id(), connector);
      snapshots.look(account.id(), connector);
    } catch (ConnectorException e) {
      LOG.debug("account {}: not seen now: {}", account.id(), e.getMessage());
    }
  }

  private void leave(String account) {
    Optional.ofNullable(hints.remove(account)).ifPresent(Watcher::stop);
    connectors.leave(account);
  }

  /** What others made is asked for only where something of it was adopted. */
  private static List<Observation> seen(Connector connector, List<Row> rows) {
    List<Observation> seen = new ArrayList<>(connector.machines().list());
    if (rows.stream().anyMatch(Adoption::is)) seen.addAll(connector.machines().foreign());
    return seen;
  }

  /** An account whose volumes nobody has ordered is not asked for any. */
  private void look(String account, Connector connector) {
    List<Row> rows = rows(account, VolumeBook.KIND);
    if (rows.isEmpty()) return;
    new VolumeComparison(tools, volumeNotes, account)
        .compare(account, connector, rows, connector.volumes().list());
  }

  /** Likewise. */
  private void lookAtNetworks(String account, Connector connector) {
    List<Row> rows = rows(account, NetworkBook.KIND);
    if (rows.isEmpty()) return;
    networks.compare(account, connector, rows, connector.networks().list());
  }

  private List<Row> rows(String account, String kind) {
    return residents.on(account, kind).stream()
        .flatMap(id -> store.read(Store.EVERYBODY, id).stream())
        .toList();
  }

  /** Hints come from the connector that is open now. */
  private void listen(String account, Connector connector) {
    Hints now = hints.get(account);
    if (now != null && now.connector() == connector) return;
    if (now != null) stop(now);
    Bucket rate = rate();
    AutoCloseable subscription =
        connector.watch(changed -> {
          if (rate.tryConsume(1)) hint(account, changed);
        });
    hints.put(account, new Hints(connector, subscription));
  }

  /** A provider that hints without end keeps nobody busy; what is left out shows a look later. */
  private static Bucket rate() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(HINTS).refillGreedy(HINTS, Duration.ofSeconds(1)))
        .build();
  }

  /** Where others are busy at the same provider, each of their changes would mean a look. */
  private void hint(String account, Handle changed) {
    residents
        .path(account, changed)
        .ifPresent(path -> Thread.ofVirtual().name("hint").start(() -> hurry(account, path)));
  }

  /**
   * What a job works on, the job looks at, and nobody else: else each step of each creation would
   * have all the account's machines read. On a thread of its own, since who hints may be writing to
   * the store at this moment. A job that is not told looks a little later by itself.
   */
  private void hurry(String account, String path) {
    try {
      if (!tools.hurry(path)) rounds.hurry(account);
    } catch (RuntimeException e) {
      LOG.debug("nobody is told of a change of {}: {}", path, e.getMessage());
    }
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
