package io.meltemi.broker.door;

import io.meltemi.broker.Broker;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.Passwords;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.job.JobLimits;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.shop.Shop;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.model.schema.Kinds;
import io.meltemi.placement.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** A broker's door with all that works behind it, and a scripted cloud for accounts of its own. */
final class ScriptedWorld implements AutoCloseable {
  final ScriptedCloud cloud;
  final Store store;
  final Shop shop;
  final Broker broker;

  ScriptedWorld(Path keys, String script) throws IOException {
    this(keys, script, Clock.systemUTC());
  }

  ScriptedWorld(Path keys, String script, Clock clock) throws IOException {
    Kinds kinds = BrokerKinds.all();
    Placement placement = Placement.installed(List.of());
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    SealedSecrets secrets = new SealedSecrets(KeyRing.at(keys.resolve("master")));
    store = Stores.memory(kinds, clock);
    cloud = new ScriptedCloud(CloudScript.parse(script), clock);
    shop =
        new Shop(
            new Shop.Ground(
                "one",
                store,
                kinds,
                secrets,
                List.of(new ScriptedConnectorFactory(List.of(cloud))),
                placement,
                Gateway.allowing(List.of()),
                Optional.empty(),
                JobLimits.STANDARD,
                clock,
                ids,
                new Random(1)));
    broker =
        new BrokerDoor(
            new Rooms(
                new Desk(kinds, store, clock, ids),
                shop.jobs(),
                shop.catalog(),
                placement,
                new Rooms.Providers(
                    shop.accounts(), shop.connectors(), shop.discovery(), Optional.empty()),
                new Rooms.People(
                    secrets,
                    new Users(store, new Passwords(Duration.ofSeconds(5)), clock),
                    new ApiTokens(clock)),
                new Rooms.Lives(Duration.ofHours(24), Duration.ofDays(7))));
    shop.start();
  }

  @Override
  public void close() {
    shop.close();
    store.close();
  }
}
