package io.meltemi.webapp;

import io.meltemi.broker.Caller;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.StoreException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.NodeDoor;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Kinds;
import io.meltemi.webapp.http.HttpServer;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.web.Readiness;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker that runs: what was opened is closed in reverse order. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
  private static final Duration PROFILE_LIFE = Duration.ofHours(12);
  private static final Duration HOLD = Duration.ofSeconds(20);
  private static final Duration NODE_LEASE = Duration.ofSeconds(90);
  private static final Duration JOIN_LIFE = Duration.ofHours(1);
  private static final Duration FIRST_LOOK = Duration.ofMillis(250);
  private static final Duration LAST_LOOK = Duration.ofSeconds(10);

  private final Settings settings;
  private final boolean demo;
  private final Surroundings around;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private LongSupplier guests = () -> 0;
  private volatile boolean stopping;
  private Readiness readiness = new Readiness(List.of());

  private Serving(Settings settings, boolean demo, Surroundings around) {
    this.settings = settings;
    this.demo = demo;
    this.around = around;
  }

  /**
   * Opens everything and serves.
   *
   * @param out for what the operator must see
   * @throws StartException with one sentence; nothing stays open then
   */
  static Serving start(Settings settings, boolean demo, Surroundings around, PrintWriter out) {
    Serving serving = new Serving(settings, demo, around);
    return serving.whole(() -> serving.serve(serving.open(serving.embedded()), out));
  }

  /**
   * Opens everything but a server, for a container that brings one of its own.
   *
   * @param show shows the front to the outside
   */
  static Serving behind(
      Settings settings, Surroundings around, PrintWriter out, Consumer<Front> show) {
    Serving serving = new Serving(settings, false, around);
    return serving.whole(() -> serving.showBehind(serving.open(false), out, show));
  }

  /** Opens, or leaves nothing open. */
  private Serving whole(Way way) {
    try {
      way.open();
      return this;
    } catch (StoreException e) {
      closeAll();
      throw new StartException(e.getMessage() + " " + e.remedy(), e);
    } catch (IOException e) {
      closeAll();
      throw new StartException("The broker cannot start: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      closeAll();
      throw e;
    }
  }

  /** One way to open. */
  private interface Way {
    void open() throws IOException;
  }

  /**
   * What stands before anybody listens.
   *
   * @param refused a sentence for each plug-in that was not loaded
   * @param password the admin's, if it was made now and must be told
   */
  private record Ready(
      DataFolder folder,
      House house,
      Store store,
      Front front,
      Optional<NodeDoor> nodes,
      List<String> refused,
      Optional<String> password) {}

  /**
   * @param node whether a node of this machine will be started
   */
  private Ready open(boolean node) throws IOException {
    boolean used = DataFolder.used(settings.data());
    DataFolder folder = opened(DataFolder.take(settings.data()));
    DemoMark.check(settings, used, demo);
    Logs.open(folder.log(), settings.log());
    Path keyFile = keyFile(folder);
    KeyRing keys = MasterKey.read(keyFile);
    Kinds kinds = BrokerKinds.all();
    Store store = opened(Books.open(settings, folder.store(), kinds, around.clock()));
    MasterKey.check(keys, keyFile, store, around.clock());
    guests =
        () -> store.all("Machine").stream().filter(row -> row.state().equals("STARTED")).count();
    Connectors connectors = Connectors.load(around.connectors());
    Plugins plugins = connectors.plugins(folder.root().resolve("plugins"), settings.plugins());
    House house = opened(new House(ground(kinds, store, keys, plugins.factories())));
    Optional<String> password = firstPassword(house);
    Optional<NodeDoor> nodes = connectors.nodeDoor().map(factory -> nodeDoor(factory, house));
    firstRows(folder, store);
    readiness = new Readiness(checks(house, store, node));
    Front front =
        new Front(house, store, nodes, opened(new Metrics()).registry(), around.ids(), readiness);
    return new Ready(folder, house, store, front, nodes, plugins.refused(), password);
  }

  /** A key that only one replica has would make what it seals unreadable for the others. */
  private Path keyFile(DataFolder folder) {
    if (settings.store().url().isPresent() && settings.masterKeyFile().isEmpty()) {
      throw new StartException(
          "With PostgreSQL all replicas need the same master key: name its file with the setting"
              + " masterKeyFile (the first start makes it; copy it to the other replicas).");
    }
    return settings.masterKeyFile().orElse(folder.keys().resolve("master"));
  }

  private void serve(Ready ready, PrintWriter out) throws IOException {
    House house = ready.house();
    DataFolder folder = ready.folder();
    Listening listening = Listening.as(settings.http(), folder.keys(), around.clock());
    HttpServer server = opened(ready.front().server(listening));
    listen(server);
    begin(ready);
    String url = listening.url(server.port());
    profile(house, ready.store(), url, listening);
    node(folder, house, listening, server.port());
    LOG.info("Serving at {}, data in {}", url, folder.root());
    Greeting greeting = new Greeting(out);
    greeting.tell(url, listening, ready.password(), folder.root());
    greeting.tell(ready.refused());
  }

  private void showBehind(Ready ready, PrintWriter out, Consumer<Front> show) {
    show.accept(ready.front());
    begin(ready);
    Greeting greeting = new Greeting(out);
    greeting.behind(ready.password(), ready.folder().root());
    greeting.tell(ready.refused());
  }

  private void begin(Ready ready) {
    open.push(ready.house()::endStreams);
    ready.nodes().ifPresent(open::push);
    ready.house().start();
  }

  private Optional<String> firstPassword(House house) {
    String given = around.environment().get("MELTEMI_ADMIN_PASSWORD");
    try {
      return house.users().firstStart(Optional.ofNullable(given));
    } catch (ProblemException e) {
      throw new StartException(
          "MELTEMI_ADMIN_PASSWORD cannot be used: "
              + e.problem().message()
              + "; "
              + e.problem().remedy()
              + ".",
          e);
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.push(one);
    return one;
  }

  private House.Ground ground(
      Kinds kinds, Store store, KeyRing keys, List<ConnectorFactory> connectors) {
    return new House.Ground(
        "broker-" + ProcessHandle.current().pid() + "-" + around.ids().get().substring(0, 8),
        settings,
        kinds,
        store,
        keys,
        connectors,
        around.clock(),
        around.ids());
  }

  private void firstRows(DataFolder folder, Store store) throws IOException {
    List<FirstRows.LocalAccount> accounts = new ArrayList<>();
    if (embedded()) {
      accounts.add(
          new FirstRows.LocalAccount("nodes", "community nodes", "community-node", Map.of()));
    }
    if (demo) {
      DemoClouds clouds = opened(new DemoClouds(folder.root().resolve("demo")));
      clouds.start(around.classPath("scripted"), folder.log());
      accounts.addAll(clouds.accounts());
    }
    new FirstRows(store, around.clock()).make(accounts);
  }

  private List<Supplier<Optional<String>>> checks(House house, Store store, boolean node) {
    List<Supplier<Optional<String>>> checks = new ArrayList<>(new Ripeness(house, store).checks());
    if (node) {
      Instant start = around.clock().instant();
      checks.add(() -> Ripeness.node(house.nodes().nodes(), start));
    }
    return checks;
  }

  private static NodeDoor nodeDoor(NodeDoor.Factory factory, House house) {
    return factory.open(house.nodes(), HOLD, NODE_LEASE);
  }

  /** Starts the node on this machine, or tells the root process above us how it dials in. */
  private void node(DataFolder folder, House house, Listening listening, int port)
      throws IOException {
    String url = listening.loopback(port);
    certificate(folder.keys().resolve(NodeProcess.CERTIFICATE), listening);
    Optional<String> token =
        embedded() ? Optional.of(house.joinTokens().issue(JOIN_LIFE)) : Optional.empty();
    Optional<String> kept = Optional.ofNullable(around.environment().get(RootStart.KEPT));
    if (kept.isPresent()) {
      Kept.write(Path.of(kept.get()), new Kept.Invitation(url, token));
    } else if (token.isPresent()) {
      String classPath = around.classPath("community-node");
      open.push(NodeProcess.start(classPath, folder.root(), url, token.get()));
    }
  }

  /** Whoever signed the certificate and for what name, the agent of this machine is to know it. */
  private static void certificate(Path file, Listening listening) throws IOException {
    Files.deleteIfExists(file);
    if (listening.certificate().isPresent()) {
      Files.writeString(file, listening.certificate().get().pem());
    }
  }

  private boolean embedded() {
    return settings.node().embedded()
        && Files.isDirectory(around.connectors().resolve("community-node"));
  }

  private void listen(HttpServer server) {
    try {
      server.start();
    } catch (RuntimeException e) {
      if (!Listening.here(settings.http().listen())) {
        throw new StartException(
            settings.http().listen().getHostAddress()
                + " is no address of this machine; name one with --listen, or 0.0.0.0 for all.",
            e);
      }
      throw new StartException(
          "Port "
              + settings.http().port()
              + " at "
              + settings.http().listen().getHostAddress()
              + " is in use or forbidden; stop what listens there or choose another with --port.",
          e);
    }
  }

  /**
   * A broker serves without a profile too, so that a home that cannot be written hinders nothing.
   */
  private void profile(House house, Store store, String url, Listening listening) {
    Instant expires = around.clock().instant().plus(PROFILE_LIFE);
    Caller admin =
        new Caller(
            "users/" + Users.ADMIN,
            Users.FIRST_TENANT,
            Caller.Role.ADMIN,
            Set.of(Users.FIRST_TENANT),
            true);
    if (store.read(Store.EVERYBODY, admin.user()).isEmpty()) return;
    ApiTokens.Issued token =
        house.tokens().issue(admin, "profile of this machine", Caller.Role.ADMIN, true, expires);
    store.write(admin.tenant(), transaction -> transaction.insert(token.row()));
    Optional<String> place =
        Optional.ofNullable(around.environment().get(RootStart.KEPT))
            .or(() -> Optional.ofNullable(around.environment().get("XDG_CONFIG_HOME")));
    Profile profile = new Profile(around.userHome(), place);
    try {
      profile.write(url, token.text(), expires, listening.fingerprint());
    } catch (IOException e) {
      LOG.warn("No profile for the command line at {}: {}", profile.file(), e.getMessage());
    }
  }

  /** Tells what it waits for before machines can be ordered, each thing once, and when they can. */
  void awaitReady(PrintWriter out) throws InterruptedException {
    Set<String> told = new HashSet<>();
    Duration pause = FIRST_LOOK;
    while (!stopping && !ready(out, told)) {
      Thread.sleep(pause);
      pause = pause.plus(FIRST_LOOK).compareTo(LAST_LOOK) < 0 ? pause.plus(FIRST_LOOK) : LAST_LOOK;
    }
  }

  /** A store that does not answer now makes nothing ready, and ends nothing. */
  private boolean ready(PrintWriter out, Set<String> told) {
    try {
      List<String> missing = readiness.missing();
      missing.stream().filter(told::add).forEach(what -> out.println("Not ready yet: " + what));
      if (missing.isEmpty()) out.println("Ready: machines can be ordered");
      out.flush();
      return missing.isEmpty();
    } catch (RuntimeException e) {
      if (!stopping) LOG.debug("whether machines can be ordered cannot be told", e);
      return false;
    }
  }

  /** Stops serving; what runs at the places goes on. */
  void stop(PrintWriter out) {
    stopping = true;
    long running = guests.getAsLong();
    out.println("Stopping; requests that run come to their end.");
    if (running > 0) {
      out.println(
          running
              + (running == 1 ? " machine runs" : " machines run")
              + " on; the next start finds them again. To end them, start again and stop or delete"
              + " them.");
    }
    out.flush();
    LOG.info("Stopping; machines that run on: {}", running);
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("{} did not close well", next.getClass().getSimpleName(), e);
      }
    }
  }
}
