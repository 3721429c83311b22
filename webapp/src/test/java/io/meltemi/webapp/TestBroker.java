package io.meltemi.webapp;

import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.model.schema.Kinds;
import io.meltemi.webapp.http.HttpServer;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A whole broker in this process: real store in memory, real server, one scripted cloud. */
public final class TestBroker implements AutoCloseable {
  public static final String PASSWORD = "a word for tests";

  private final House house;
  private final HttpServer server;

  private TestBroker(House house, HttpServer server) {
    this.house = house;
    this.server = server;
  }

  /** Starts on a cloud whose script is a resource of the tests. */
  public static TestBroker start(String script) throws IOException {
    Clock clock = Clock.systemUTC();
    Kinds kinds = BrokerKinds.all();
    Settings settings =
        SettingsReader.read(
            Optional.empty(), Map.of(), Map.of("http.port", "0", "node.embedded", "false"));
    ScriptedCloud cloud = new ScriptedCloud(CloudScript.parse(text(script)), clock);
    Path keys = Files.createTempDirectory("keys");
    Store store = Stores.memory(kinds, clock);
    House house =
        new House(
            new House.Ground(
                "test",
                settings,
                kinds,
                store,
                MasterKey.read(keys.resolve("master")),
                List.of(new ScriptedConnectorFactory(List.of(cloud))),
                clock,
                () -> UUID.randomUUID().toString().replace("-", "")));
    Optional<String> ignored = house.users().firstStart(Optional.of(PASSWORD));
    new FirstRows(store, clock)
        .make(
            List.of(
                new FirstRows.LocalAccount(
                    cloud.name(),
                    cloud.name(),
                    "scripted",
                    Map.of("address", "memory:" + cloud.name()))));
    Front front =
        new Front(
            house,
            store,
            Optional.empty(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> UUID.randomUUID().toString());
    HttpServer server = front.server(Listening.as(settings.http(), keys, clock));
    server.start();
    house.start();
    return new TestBroker(house, server);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = TestBroker.class.getResourceAsStream(resource)) {
      if (in == null) throw new IOException("no resource " + resource);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Base of the server's URLs, with a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  @Override
  public void close() {
    house.endStreams();
    server.close();
    house.close();
  }
}
