package io.meltemi.webapp;

import io.meltemi.api.handler.Consoles;
import io.meltemi.api.handler.Door;
import io.meltemi.api.handler.Tools;
import io.meltemi.broker.Broker;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.door.BrokerDoor;
import io.meltemi.broker.door.Desk;
import io.meltemi.broker.door.Rooms;
import io.meltemi.broker.event.EventFeed;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.Identity;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.LocalIdentity;
import io.meltemi.broker.identity.Passwords;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.job.JobLimits;
import io.meltemi.broker.node.JoinTokens;
import io.meltemi.broker.node.StoredNodeRecords;
import io.meltemi.broker.shop.Shop;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.model.schema.Kinds;
import io.meltemi.placement.Placement;
import io.meltemi.webapp.settings.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All rooms of a broker put together over one store, without any server. Nothing works before
 * {@link #start}.
 */
final class House implements AutoCloseable {
  /** How long a log-in waits for its turn to be checked. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Store store;
  private final Shop shop;
  private final EventFeed events;
  private final LocalIdentity identity;
  private final Users users;
  private final ApiTokens tokens;
  private final JoinTokens joinTokens;
  private final NodeRecords nodes;
  private final Broker broker;
  private final Door door;

  /**
   * What a house stands on.
   *
   * @param name of this process among all that share the store
   * @param ids new ids: letters and digits, never the same twice
   */
  record Ground(
      String name,
      Settings settings,
      Kinds kinds,
      Store store,
      KeyRing keys,
      List<ConnectorFactory> connectors,
      Clock clock,
      Supplier<String> ids) {}

  House(Ground ground) {
    Placement placement = placement(ground.settings()); // refuses before anything has begun
    Clock clock = ground.clock();
    this.store = ground.store();
    SealedSecrets secrets = new SealedSecrets(ground.keys());
    Passwords passwords = new Passwords(PATIENCE);
    this.users = new Users(store, passwords, clock);
    this.tokens = new ApiTokens(clock);
    this.identity = new LocalIdentity(store, passwords, tokens, clock);
    this.joinTokens = new JoinTokens(store, clock);
    this.nodes = new StoredNodeRecords(store, secrets, joinTokens, clock, ground.ids());
    this.shop =
        new Shop(
            new Shop.Ground(
                ground.name(),
                store,
                ground.kinds(),
                secrets,
                ground.connectors(),
                placement,
                Gateway.allowing(ground.settings().outgoingAllow()),
                Optional.of(nodes),
                JobLimits.STANDARD,
                clock,
                ground.ids(),
                new SecureRandom()));
    this.events = new EventFeed(store, ground.settings().http().streamsPerUser());
    this.broker = new BrokerDoor(rooms(ground, secrets, placement));
    Consoles consoles = new MachineConsoles(broker, store, shop.connectors());
    this.door = new Door(broker, identity, new Tools(events, consoles, clock), ground.ids());
  }

  private Rooms rooms(Ground ground, SealedSecrets secrets, Placement placement) {
    Settings.Retention lives = ground.settings().retention();
    return new Rooms(
        new Desk(ground.kinds(), store, ground.clock(), ground.ids()),
        shop.jobs(),
        shop.catalog(),
        placement,
        new Rooms.Providers(
            shop.accounts(), shop.connectors(), shop.discovery(), Optional.of(nodes)),
        new Rooms.People(secrets, users, tokens),
        new Rooms.Lives(lives.idempotencyKeys(), lives.jobs()));
  }

  private static Placement placement(Settings settings) {
    try {
      return Placement.installed(settings.ruleSets());
    } catch (IllegalArgumentException e) {
      throw new StartException("The setting placement.ruleSets: " + e.getMessage() + ".", e);
    }
  }

  /** Begins to work. */
  void start() {
    shop.start();
  }

  Door door() {
    return door;
  }

  Identity identity() {
    return identity;
  }

  Users users() {
    return users;
  }

  ApiTokens tokens() {
    return tokens;
  }

  NodeRecords nodes() {
    return nodes;
  }

  JoinTokens joinTokens() {
    return joinTokens;
  }

  Catalog catalog() {
    return shop.catalog();
  }

  Map<String, ConnectorPool.Load> loads() {
    return shop.connectors().loads();
  }

  Accounts accounts() {
    return shop.accounts();
  }

  /** Ends the streams of events, which otherwise never end. */
  void endStreams() {
    events.close();
  }

  /** Begins nothing more, and leaves everything in the store for the next start. */
  @Override
  public void close() {
    events.close();
    shop.close();
    store.close();
  }
}
