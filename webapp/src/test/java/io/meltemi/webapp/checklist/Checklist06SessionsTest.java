package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Opening;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.webapp.TestBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials that ended are dead within five seconds on both of two replicas on one PostgreSQL,
 * for requests and for streams that are open. What one replica wrote, the other reads within a
 * second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist06SessionsTest {
  private static final Duration DEAD = Duration.ofSeconds(5);
  private static final String WORD = "a word for everybody";
  private static final int WRITES = 100;

  @TempDir static Path keys;

  private final List<AutoCloseable> open = new ArrayList<>();
  private TestBroker one;
  private TestBroker other;
  private Client admin;

  @BeforeAll
  void start() throws IOException {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    open.addFirst(server);
    ScriptedCloud cloud = TestBroker.cloud("/checklist/cloud.yaml");
    one = replica(server, cloud);
    other = replica(server, cloud);
    admin = new Client(one.url(), Client.basic("admin", TestBroker.PASSWORD));
  }

  private TestBroker replica(EmbeddedPostgres server, ScriptedCloud cloud) throws IOException {
    Store store =
        Stores.postgres(
            server.getJdbcUrl("postgres", "postgres"),
            "postgres",
            "",
            Opening.of(BrokerKinds.all(), Clock.systemUTC()));
    TestBroker broker = TestBroker.on(store, keys, cloud);
    open.addFirst(broker);
    return broker;
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : open) each.close();
  }

  private String user(String name) {
    return admin.made(
        "broker/1/users",
        ("{'name': '%s', 'password': '%s', 'memberships':"
                + " [{'tenant': {'href': 'tenants/default'}, 'role': 'MEMBER'}]}")
            .formatted(name, WORD));
  }

  private Client client(String name) {
    return new Client(one.url(), Client.basic(name, WORD));
  }

  @Test
  void aTokenThatIsGivenUpIsDead() {
    user("leaves");
    Client person = client("leaves");
    HttpResponse<String> made = person.send("POST", "broker/1/apiTokens", "{}");
    Client token = new Client(one.url(), "Bearer " + Client.json(made).path("token").asText());
    String place = made.headers().firstValue("Location").orElseThrow();

    holdEnded(token, () -> changed(person.send("DELETE", place, "")));
  }

  @Test
  void aTokenMadeWithATokenEndsWithIt() {
    user("chains");
    HttpResponse<String> parent = client("chains").send("POST", "broker/1/apiTokens", "{}");
    Client first = new Client(one.url(), "Bearer " + Client.json(parent).path("token").asText());
    HttpResponse<String> child = first.send("POST", "broker/1/apiTokens", "{}");
    Client second = new Client(one.url(), "Bearer " + Client.json(child).path("token").asText());
    String place = parent.headers().firstValue("Location").orElseThrow();

    holdEnded(second, () -> changed(client("chains").send("DELETE", place, "")));
  }

  @Test
  void aUserWhoIsDisabledIsDeadWithAllTokens() {
    String user = user("blocked");
    HttpResponse<String> made = client("blocked").send("POST", "broker/1/apiTokens", "{}");
    Client token = new Client(one.url(), "Bearer " + Client.json(made).path("token").asText());

    holdEnded(token, () -> put(user, "disabled", "true"));
    await().atMost(DEAD).until(() -> dead(client("blocked")));
  }

  @Test
  void anOldPasswordIsDead() {
    String user = user("renewed");

    holdEnded(client("renewed"), () -> put(user, "password", "\"another word for it\""));
  }

  /** It shows that it knows the present one by its log-in; a token knows none. */
  @Test
  void usersChangeTheirOwnPasswordsAndTheOldOneIsDead() {
    String change = user("changes") + "/changepassword";
    user("looks-on");
    String body = "{\"password\": \"another word for it\"}";
    HttpResponse<String> made = client("changes").send("POST", "broker/1/apiTokens", "{}");
    Client token = new Client(one.url(), "Bearer " + Client.json(made).path("token").asText());
    HttpResponse<String> refused = token.send("POST", change, body);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("user.password-own");
    assertThat(admin.send("POST", change, body).body()).contains("user.password-own");
    assertThat(client("looks-on").send("POST", change, body).statusCode()).isEqualTo(404);
    assertThat(client("changes").send("POST", change, "{\"password\": \"short\"}").body())
        .contains("user.password")
        .doesNotContain("short");

    holdEnded(client("changes"), () -> changed(client("changes").send("POST", change, body)));
    Client renewed = new Client(one.url(), Client.basic("changes", "another word for it"));
    assertThat(renewed.get("broker/1/users/changes").body()).contains("action/changepassword");
    assertThat(renewed.get("cimi/2/machines").statusCode()).isEqualTo(200);
  }

  @Test
  void whoIsNoMemberAnyMoreIsDeadInThatTenant() {
    String user = user("parted");

    holdEnded(client("parted"), () -> put(user, "memberships", "[]"));
  }

  private void put(String user, String attribute, String value) {
    changed(
        admin.send(
            "PUT", user + "?$select=" + attribute, "{\"" + attribute + "\": " + value + "}"));
  }

  private static void changed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Good at both, also for a stream at the other; then changed at one; then dead at both. */
  private void holdEnded(Client credentials, Runnable change) {
    for (TestBroker each : List.of(one, other)) {
      await()
          .atMost(DEAD)
          .until(() -> credentials.at(each.url()).get("cimi/2/machines").statusCode() == 200);
    }
    HttpResponse<InputStream> stream = credentials.at(other.url()).stream("broker/1/events");
    assertThat(stream.statusCode()).isEqualTo(200);
    CompletableFuture<byte[]> ended =
        CompletableFuture.supplyAsync(
            () -> readToItsEnd(stream.body()), task -> Thread.ofVirtual().start(task));

    change.run();

    for (TestBroker each : List.of(one, other)) {
      await().atMost(DEAD).until(() -> dead(credentials.at(each.url())));
    }
    assertThat(ended).succeedsWithin(DEAD);
  }

  private static byte[] readToItsEnd(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean dead(Client credentials) {
    int status = credentials.get("cimi/2/machines").statusCode();
    return status == 401 || status == 403;
  }

  /** Row Q7 across replicas: fifty at once with one key make one machine. */
  @Test
  void oneKeyAtTwoReplicasMakesOneMachine() throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admin.json("cimi/2/machineImages").path("count").asInt() > 0);
    String image =
        admin.json("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String path = image.substring(image.indexOf("machineImages/"));
    String body =
        ("{\"name\": \"once\", \"machineTemplate\": {\"machineConfig\": {\"cpu\": 1, \"memory\":"
                + " 1024}, \"machineImage\": {\"href\": \"%s\"}}}")
            .formatted(path);
    List<Future<HttpResponse<String>>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < 50; at++) {
        Client client = admin.at((at % 2 == 0 ? one : other).url());
        asked.add(
            threads.submit(
                () -> client.send("POST", "cimi/2/machines", body, "Idempotency-Key", "k50")));
      }
    }
    Set<String> machines = new HashSet<>();
    for (Future<HttpResponse<String>> each : asked) {
      HttpResponse<String> answer = each.get();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      String place = answer.headers().firstValue("Location").orElseThrow();
      machines.add(place.substring(place.indexOf("machines/")));
    }
    assertThat(machines).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            admin
                .json("cimi/2/" + machines.iterator().next())
                .path("state")
                .asText()
                .equals("STARTED"));
    assertThat(one.cloud().door(Optional.empty()).machines()).hasSize(1);
  }

  /**
   * 99 of 100 writes are read at the other replica within a second. Where this machine itself stood
   * still meanwhile, nothing was measured.
   */
  @Test
  void whatOneWroteTheOtherReadsWithinASecond() throws InterruptedException {
    List<Duration> ages = new ArrayList<>();
    try (Stalls stalls = new Stalls()) {
      for (int at = 0; at < WRITES; at++) {
        long before = stalls.count();
        Duration age = ageOfAWrite();
        if (stalls.count() == before) ages.add(age);
      }
    }
    assumeTrue(ages.size() >= WRITES / 2, "this machine stands still too often to measure");
    ages.sort(Duration::compareTo);
    assertThat(ages.get(ages.size() * 99 / 100 - 1)).isLessThan(Duration.ofSeconds(1));
  }

  private Duration ageOfAWrite() {
    String made = admin.made("cimi/2/machineConfigs", "{'name': 'w', 'cpu': 1, 'memory': 1024}");
    long written = System.nanoTime();
    Client there = admin.at(other.url());
    String path = made.substring(made.indexOf("cimi/"));
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .until(() -> there.get(path).statusCode() == 200);
    return Duration.ofNanos(System.nanoTime() - written);
  }

  /** Notices when the machine does not run a thread that wants to run. */
  private static final class Stalls implements AutoCloseable {
    private static final long TOO_LONG = 100_000_000;

    private final Thread thread = Thread.ofPlatform().daemon().start(this::watch);
    private volatile long number;
    private volatile boolean over;

    private void watch() {
      long last = System.nanoTime();
      while (!over) {
        LockSupport.parkNanos(10_000_000);
        long now = System.nanoTime();
        if (now - last > TOO_LONG) number = number + 1;
        last = now;
      }
    }

    /** How often it happened so far. */
    long count() {
      return number;
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
    }
  }
}
