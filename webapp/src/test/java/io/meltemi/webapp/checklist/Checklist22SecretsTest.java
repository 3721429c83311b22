package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Opening;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.webapp.DoctorCommand;
import io.meltemi.webapp.TestBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Planted secrets are searched where none may be: logs of every level, answers, the stream of
 * events, what the doctor prints, metrics, the store's files or a dump of it, command lines. Each
 * search is shown to find a secret that leaks.
 */
class Checklist22SecretsTest {
  private static final String LEAK = "leaked-on-purpose-4711";

  @TempDir Path folder;

  private final Map<String, String> secrets = new LinkedHashMap<>();

  /** Plants a secret that stands nowhere else. */
  private String plant(String name) {
    String secret = "planted-" + name.replace(' ', '-') + "-" + Town.nothing().substring(0, 12);
    secrets.put(name, secret);
    return secret;
  }

  @Test
  void plantedSecretsAreFoundNowhere() throws Exception {
    Path data = Files.createDirectory(folder.resolve("store"));
    lived(Stores.h2(data, BrokerKinds.all(), Clock.systemUTC()));
    holdNone("store", leaking(bytes(data)));
  }

  /** A dump of PostgreSQL is the text of every column of every table. */
  @Test
  void plantedSecretsAreFoundNowhereInPostgres() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      lived(
          Stores.postgres(
              server.getJdbcUrl("postgres", "postgres"),
              "postgres",
              "",
              Opening.of(BrokerKinds.all(), Clock.systemUTC())));
      holdNone("store", leaking(dump(server)));
    }
  }

  /** Searches what a broker tells and logs in its life, until it is closed with its store. */
  private void lived(Store store) throws Exception {
    Path log = folder.resolve("all.log");
    Path keys = Files.createDirectory(folder.resolve("keys"));
    ScriptedCloud another = TestBroker.cloud("/checklist/hostile.yaml");
    ScriptedCloud repeating = TestBroker.cloud("/stories/cloud.yaml");
    String told;
    try (AutoCloseable logging = TestBroker.logTo(log)) {
      assertThat(logging).isNotNull();
      LoggerFactory.getLogger(Checklist22SecretsTest.class).trace("{}", LEAK);
      try (TestBroker broker =
          TestBroker.on(
              store, keys, TestBroker.cloud("/checklist/cloud.yaml"), another, repeating)) {
        secrets.put("admin password", TestBroker.PASSWORD);
        String key = Files.readString(keys.resolve("master")).strip();
        secrets.put("master key", key.substring(key.indexOf(':') + 1));
        told = everythingTold(broker, another) + doctor(broker, repeating) + stream(broker);
        leakIntoTheStore(store);
      }
    }
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(16);
    holdNone("answers", told);
    String logs = Files.readString(log, UTF_8);
    assertThat(logs).contains(LEAK).contains("DEBUG");
    holdNone("logs", logs);
    holdNone("command lines", commandLines());
  }

  /** What was put there on purpose is found. */
  private static String leaking(String all) {
    assertThat(all).contains(LEAK);
    return all;
  }

  private static String dump(EmbeddedPostgres server) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables =
          texts(
              statement,
              "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                  + " where schemaname not in ('pg_catalog', 'information_schema')");
      assertThat(tables).hasSizeGreaterThan(5);
      for (String table : tables) {
        texts(statement, "select t::text from " + table + " t").forEach(all::append);
      }
    }
    return all.toString();
  }

  private static List<String> texts(Statement statement, String question) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) texts.add(rows.getString(1));
    }
    return texts;
  }

  private void leakIntoTheStore(Store store) {
    Instant now = Instant.now();
    Row row =
        store.write(
            "default",
            transaction ->
                transaction.insert(
                    new Row(
                        "machineConfigs/leak",
                        "default",
                        "MachineConfiguration",
                        Optional.empty(),
                        "leak",
                        "",
                        now,
                        now,
                        1,
                        JsonNodeFactory.instance.objectNode().put("description", LEAK))));
    assertThat(row.generation()).isEqualTo(1);
  }

  private void holdNone(String where, String text) {
    secrets.forEach((name, secret) -> {
      for (String form : forms(secret)) {
        int at = text.indexOf(form);
        assertThat(at).as(() -> name + " in " + where + ": …" + around(text, at)).isNegative();
      }
    });
  }

  private static String around(String text, int at) {
    return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60));
  }

  private static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    return List.of(
        secret,
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(bytes),
        URLEncoder.encode(secret, UTF_8));
  }

  private static String bytes(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static String commandLines() throws IOException {
    StringBuilder all = new StringBuilder();
    ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .flatMap(info -> info.commandLine().stream())
        .forEach(line -> all.append(line).append('\n'));
    assertThat(all.toString()).contains("java");
    return all.toString();
  }

  /** Does everything that takes a secret, well and badly, and gives all that was answered. */
  private String everythingTold(TestBroker broker, ScriptedCloud another) {
    Client admin = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admin.json("cimi/2/machineImages").path("count").asInt() > 0);
    List<String> shownOnce = new ArrayList<>();
    people(admin, shownOnce);
    accounts(broker, another, admin);
    credentials(admin);
    machines(broker, admin);
    Client guessing = new Client(broker.url(), Client.basic("admin", plant("guessed word")));
    assertThat(guessing.get("cimi/2/machines").statusCode()).isEqualTo(401);
    readEverything(admin);
    StringBuilder told = new StringBuilder();
    Stream.concat(admin.answers.stream(), guessing.answers.stream())
        .forEach(answer -> told.append(answer.headers().map()).append(answer.body()).append('\n'));
    String all = told.toString();
    for (String once : shownOnce) all = all.replaceFirst(once, "SHOWN ONCE");
    return all;
  }

  private void people(Client admin, List<String> shownOnce) {
    String word = plant("user password");
    String user = admin.made("broker/1/users", "{'name': 'eve', 'password': '" + word + "'}");
    badly(admin, "broker/1/users", "password", plant("refused user password"));
    String next = plant("changed password");
    HttpResponse<String> changed =
        admin.send("PUT", user + "?$select=password", "{\"password\": \"" + next + "\"}");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    for (String kind : List.of("apiTokens", "joinTokens")) {
      HttpResponse<String> made =
          admin.send("POST", "broker/1/" + kind, "{}", "Idempotency-Key", kind);
      String token = Client.json(made).path("token").asText();
      assertThat(token).hasSizeGreaterThan(40);
      secrets.put(kind, token);
      shownOnce.add(token);
      HttpResponse<String> again =
          admin.send("POST", "broker/1/" + kind, "{}", "Idempotency-Key", kind);
      assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }
  }

  /** The same secret in every kind of request that is refused. */
  private void badly(Client client, String collection, String attribute, String secret) {
    String good = "\"" + attribute + "\": \"" + secret + "\"";
    List<String> bodies =
        List.of(
            "{\"nonsense\": 1, " + good + "}",
            "{\"" + attribute + "\": {\"x\": \"" + secret + "\"}}",
            "{\"" + attribute + "\": [\"" + secret + "\"]}",
            "{" + good + ", " + good + "}",
            "{" + good + ", \"name\": 7",
            "{" + good + "} trailing",
            "<Create><" + attribute + ">" + secret + "</" + attribute + ">");
    for (String body : bodies) {
      for (String type : List.of("application/json", "application/xml", "text/plain")) {
        HttpResponse<String> answer = client.send("POST", collection, body, "Content-Type", type);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
      }
    }
  }

  /**
   * @param another a cloud that nobody else asks
   */
  private void accounts(TestBroker broker, ScriptedCloud another, Client admin) {
    admin.made("broker/1/accounts", account("p", broker.cloud(), plant("provider password")));
    String repeated = plant("repeated provider password");
    another.plan(Mishap.refuse("facts", Fault.CREDENTIALS, "no: " + repeated).times(3));
    HttpResponse<String> refused =
        admin.send("POST", "broker/1/accounts", account("q", another, repeated));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("no: ***");
    badly(admin, "broker/1/accounts", "settings", plant("refused provider password"));
  }

  private static String account(String name, ScriptedCloud cloud, String password) {
    return """
    {"name": "%s", "connector": "scripted",
     "settings": {"address": "memory:%s", "password": "%s"}}\
    """
        .formatted(name, cloud.name(), password);
  }

  private void credentials(Client admin) {
    admin.made(
        "cimi/2/credentials",
        "{'name': 'c', 'credentialTemplate': {'userName': 'u', 'password': '"
            + plant("credential password")
            + "'}}");
    admin.made(
        "cimi/2/credentialTemplates",
        "{'userName': 'u', 'password': '" + plant("template password") + "'}");
    badly(admin, "cimi/2/credentialTemplates", "password", plant("refused template password"));
    String pem = "-----BEGIN OPENSSH PRIVATE KEY----- " + plant("private key");
    HttpResponse<String> refused =
        admin.send(
            "POST",
            "cimi/2/credentials",
            "{\"credentialTemplate\": {\"publicKey\": \"" + pem + "\"}}");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
  }

  private void machines(TestBroker broker, Client admin) {
    String image =
        admin.json("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String data = Base64.getEncoder().encodeToString(plant("user data").getBytes(UTF_8));
    String login = plant("login password");
    String order =
        ("{\"name\": \"%s\", \"machineTemplate\": {\"initialState\": \"STARTED\","
            + " \"userData\": \"%s\", \"machineConfig\": {\"cpu\": 1, \"memory\":"
            + " 1048576}, \"machineImage\": {\"href\": \"%s\"}, \"credential\":"
            + " {\"userName\": \"u\", \"password\": \"%s\"}}}");
    Mishap echo = Mishap.refuse("create", Fault.BAD_REQUEST, "refused " + login + " with " + data);
    broker.cloud().plan(echo);
    for (String name : List.of("fails", "runs")) {
      HttpResponse<String> answer =
          admin.send(
              "POST",
              "cimi/2/machines",
              order.formatted(name, data, image, login),
              "Idempotency-Key",
              name);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      String machine = answer.headers().firstValue("Location").orElseThrow();
      String wanted = name.equals("runs") ? "STARTED" : "ERROR";
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> admin.json(machine).path("state").asText().equals(wanted));
    }
    badly(admin, "cimi/2/machineTemplates", "userData", plant("refused user data"));
    template(admin, image);
  }

  /** User data of a template is shown to those who see it, and stored sealed all the same. */
  private void template(Client admin, String image) {
    String plain = plant("user data of a template");
    String data = Base64.getEncoder().encodeToString(plain.getBytes(UTF_8));
    Client quiet = new Client(admin.base(), admin.authorization());
    String made =
        quiet.made(
            "cimi/2/machineTemplates",
            ("{'userData': '%s', 'machineConfig': {'cpu': 1, 'memory': 1024}, 'machineImage':"
                    + " {'href': '%s'}}")
                .formatted(data, image));
    assertThat(quiet.json(made).path("userData").asText()).isEqualTo(data);
    HttpResponse<String> partial =
        quiet.send("PUT", made + "?$select=name", "{\"name\": \"kept\"}");
    assertThat(partial.statusCode()).as(partial.body()).isEqualTo(200);
    assertThat(quiet.json(made).path("userData").asText()).isEqualTo(data);
    String job = quiet.send("DELETE", made, "").headers().firstValue("CIMI-Job-URI").orElse("");
    assertThat(job).isNotEmpty();
  }

  /** All events there are, as those read them who follow the stream from its beginning. */
  private static String stream(TestBroker broker) throws IOException {
    Client quiet = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    String last = quiet.made("cimi/2/machineConfigs", "{'cpu': 1, 'memory': 1024}");
    StringBuilder told = new StringBuilder();
    HttpResponse<InputStream> answer = quiet.stream("broker/1/events", "Last-Event-ID", "0");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      String line = lines.readLine();
      while (line != null && told.indexOf(last) < 0) {
        told.append(line).append('\n');
        line = lines.readLine();
      }
    }
    assertThat(told.toString()).contains("event: ", "/machines/", "/jobs/", "/credentials/", last);
    return told.toString();
  }

  /** What the doctor prints of a provider that only refuses, and repeats its password. */
  private String doctor(TestBroker broker, ScriptedCloud repeating) throws IOException {
    String password = plant("password that a provider goes on repeating");
    Client quiet = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    quiet.made("broker/1/accounts", account("r", repeating, password));
    repeating.plan(Mishap.refuse("machines", Fault.CREDENTIALS, "no: " + password).times(0));
    String token = Town.token(quiet, "{'name': 'doctor', 'role': 'ADMIN', 'operator': true}");
    Path profile =
        Files.writeString(
            folder.resolve("profile"),
            "{\"url\": \"%s\", \"token\": \"%s\"}".formatted(broker.url(), token));
    StringWriter printed = new StringWriter();
    for (String format : List.of("TABLE", "JSON")) {
      int code =
          new CommandLine(new DoctorCommand())
              .setOut(new PrintWriter(printed))
              .setErr(new PrintWriter(printed))
              .execute("--profile", profile.toString(), "--format", format);
      assertThat(code).as(printed.toString()).isEqualTo(1); // one account cannot be asked
    }
    assertThat(printed.toString()).contains("no: ***");
    return printed.toString();
  }

  /** All collections, with what they refer to, and each of their items by itself. */
  private static void readEverything(Client admin) {
    TreeSet<String> places = new TreeSet<>(List.of("metrics", "openapi"));
    admin
        .json("openapi")
        .path("paths")
        .fieldNames()
        .forEachRemaining(path -> {
          if (!path.contains("{")) places.add(path.substring(1));
        });
    for (String place : places) {
      for (String format : List.of("json", "xml")) {
        HttpResponse<String> answer = admin.get(place + "?$expand=*&$format=" + format);
        assertThat(answer.statusCode()).as(place + answer.body()).isEqualTo(200);
      }
      if (place.startsWith("broker/1/")) items(admin, place).forEach(each -> read(admin, each));
    }
  }

  private static List<String> items(Client admin, String place) {
    return admin.json(place).findValuesAsText("id").stream()
        .filter(id -> id.startsWith(admin.base() + place + "/"))
        .toList();
  }

  private static void read(Client admin, String url) {
    HttpResponse<String> answer = admin.get(url);
    assertThat(answer.statusCode()).as(url + answer.body()).isEqualTo(200);
  }
}
