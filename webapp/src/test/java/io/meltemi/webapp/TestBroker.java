package io.meltemi.webapp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
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
import io.meltemi.webapp.web.Readiness;
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
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A whole broker in this process: real store in memory, real server, one scripted cloud. */
public final class TestBroker implements AutoCloseable {
  public static final String PASSWORD = "a word for tests";

  private final House house;
  private final HttpServer server;
  private final Metrics metrics;
  private final Store store;
  private final ScriptedCloud cloud;

  private TestBroker(
      House house, HttpServer server, Metrics metrics, Store store, ScriptedCloud cloud) {
    this.house = house;
    this.server = server;
    this.metrics = metrics;
    this.store = store;
    this.cloud = cloud;
  }

  /** Starts on a cloud whose script is a resource of the tests. */
  public static TestBroker start(String script) throws IOException {
    Clock clock = Clock.systemUTC();
    Path keys = Files.createTempDirectory("keys");
    TestBroker broker = on(Stores.memory(BrokerKinds.all(), clock), keys, cloud(script));
    Files.delete(keys.resolve("master")); // it has been read
    Files.delete(keys);
    return broker;
  }

  /** A cloud whose script is a resource of the tests. */
  public static ScriptedCloud cloud(String script) throws IOException {
    return new ScriptedCloud(CloudScript.parse(text(script)), Clock.systemUTC());
  }

  /**
   * Starts on a store, which may have other brokers too; it is closed with the broker.
   *
   * @param keys folder of the master key, the same for all brokers of a store
   * @param others clouds that accounts may be registered for
   */
  public static TestBroker on(Store store, Path keys, ScriptedCloud cloud, ScriptedCloud... others)
      throws IOException {
    Clock clock = Clock.systemUTC();
    Kinds kinds = BrokerKinds.all();
    Settings settings =
        SettingsReader.read(
            Optional.empty(), Map.of(), Map.of("http.port", "0", "node.embedded", "false"));
    House house =
        new House(
            new House.Ground(
                "test-" + UUID.randomUUID(),
                settings,
                kinds,
                store,
                MasterKey.read(keys.resolve("master")),
                List.of(
                    new ScriptedConnectorFactory(
                        Stream.concat(Stream.of(cloud), Stream.of(others)).toList())),
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
    Metrics metrics = new Metrics();
    Front front =
        new Front(
            house,
            store,
            Optional.empty(),
            metrics.registry(),
            () -> UUID.randomUUID().toString(),
            new Readiness(new Ripeness(house, store).checks()));
    HttpServer server = front.server(Listening.as(settings.http(), keys, clock));
    server.start();
    house.start();
    return new TestBroker(house, server, metrics, store, cloud);
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

  /** Everything that any setting makes the logs tell, from now on, also goes to this file. */
  public static AutoCloseable logTo(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(before.levelStr);
    filter.start();
    root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(filter));
    Logs.quieten(context);
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern("%level %logger %mdc %msg%n%ex");
    text.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(text);
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.TRACE);
    return () -> {
      root.setLevel(before);
      root.detachAppender(appender);
      appender.stop();
    };
  }

  public int port() {
    return server.port();
  }

  /** The book behind the broker. */
  public Store store() {
    return store;
  }

  /** The cloud that all machines run on. */
  public ScriptedCloud cloud() {
    return cloud;
  }

  @Override
  public void close() {
    house.endStreams();
    server.close();
    house.close();
    metrics.close();
  }
}
