package io.meltemi.broker.shop;

import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Discovery;
import io.meltemi.broker.catalog.OfferCatalog;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.job.Engine;
import io.meltemi.broker.job.JobBook;
import io.meltemi.broker.job.JobLimits;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Residents;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.watch.Watcher;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.Outgoing;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.placement.Placement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Catalogue, jobs and watch over one store. Everything can be asked at once; work begins with
 * {@link #start}. A shop that is closed, or dies, leaves everything in the store for the next one.
 */
public final class Shop implements AutoCloseable {
  private final Accounts accounts;
  private final ConnectorPool connectors;
  private final Residents residents;
  private final OfferCatalog catalog;
  private final Discovery discovery;
  private final Jobs jobs;
  private final Engine engine;
  private final Watcher watcher;

  /**
   * What a shop stands on.
   *
   * @param name of this process among all that share the store
   * @param ids new ids: letters and digits, at most 40, never the same twice
   */
  public record Ground(
      String name,
      Store store,
      Kinds kinds,
      Secrets secrets,
      List<ConnectorFactory> connectors,
      Placement placement,
      Outgoing outgoing,
      Optional<NodeRecords> nodes,
      JobLimits limits,
      Clock clock,
      Supplier<String> ids,
      RandomGenerator random) {}

  public Shop(Ground ground) {
    Store store = ground.store();
    accounts = new Accounts(store, ground.secrets());
    connectors =
        new ConnectorPool(
            accounts, ground.connectors(), ground.outgoing(), ground.clock(), ground.nodes());
    residents = new Residents(store, this::hurry);
    catalog = new OfferCatalog(residents, accounts::takesOrders);
    discovery = new Discovery(store, accounts, connectors, catalog, ground.clock());
    Tools tools =
        new Tools(
            store,
            accounts,
            connectors,
            catalog,
            ground.placement(),
            discovery,
            ground.secrets(),
            below(ground.kinds()),
            ground.limits(),
            ground.clock(),
            ground.ids(),
            ground.random());
    jobs = new JobBook(tools);
    engine = new Engine(tools, ground.name());
    watcher = new Watcher(accounts, residents, tools);
    residents.start();
  }

  /** Room that became free is offered soon. */
  private void hurry(String account) {
    discovery.hurry(account);
  }

  /** Kinds whose rows stand below a machine. */
  private static List<String> below(Kinds kinds) {
    return kinds.all().stream()
        .filter(kind -> kind.parent().equals(Optional.of(MachineBook.KIND)))
        .map(ResourceKind::name)
        .toList();
  }

  /** Begins to discover, to work and to watch. */
  public void start() {
    discovery.start();
    engine.start();
    watcher.start();
  }

  public Accounts accounts() {
    return accounts;
  }

  public ConnectorPool connectors() {
    return connectors;
  }

  public Residents residents() {
    return residents;
  }

  public Catalog catalog() {
    return catalog;
  }

  public Discovery discovery() {
    return discovery;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Watcher watcher() {
    return watcher;
  }

  /** Begins nothing more; steps under way may end within 10 s and are left to the next start. */
  @Override
  public void close() {
    discovery.close();
    watcher.close();
    engine.close();
    residents.close();
    connectors.close();
  }
}
