package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A broker with two tenants. The first owns one of everything, each with {@link #MARK} in its name;
 * the other's people must never see the mark.
 */
final class Town implements AutoCloseable {
  static final String MARK = "ownmark";
  static final String WORD = "a word for everybody";

  final TestBroker broker;
  final Client admin;
  final Client owner;
  final Client member;
  final Client reader;
  final Client stranger;
  final Client strangeReader;

  /** URLs of what the first tenant owns, by kind. */
  final Map<String, String> owned = new LinkedHashMap<>();

  Town() {
    this("/checklist/cloud.yaml");
  }

  Town(String cloud) {
    broker = started(cloud);
    admin = client("admin", TestBroker.PASSWORD);
    awaitCount("cimi/2/machineImages", 1);
    admin.made("broker/1/tenants", "{'name': 'others'}");
    owner = user("owner", "default", "ADMIN");
    member = user("member", "default", "MEMBER");
    reader = user("reader", "default", "READER");
    stranger = user("stranger", "others", "ADMIN");
    strangeReader = user("strange-reader", "others", "READER");
  }

  private static TestBroker started(String cloud) {
    try {
      return TestBroker.start(cloud);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Client client(String name, String password) {
    return new Client(broker.url(), Client.basic(name, password));
  }

  Client bearer(String token) {
    return new Client(broker.url(), "Bearer " + token);
  }

  /** A new user, who belongs to one tenant. */
  Client user(String name, String tenant, String role) {
    admin.made(
        "broker/1/users",
        "{'name': '%s', 'password': '%s', 'memberships': [{'tenant': {'href': 'tenants/%s'}, 'role': '%s'}]}"
            .formatted(name, WORD, tenant, role));
    return client(name, WORD);
  }

  /** The text of a new token of somebody. */
  static String token(Client maker, String body) {
    return Client.json(maker.send("POST", "broker/1/apiTokens", body.replace('\'', '"')))
        .path("token")
        .asText();
  }

  /** Makes one of each kind that a tenant can own. */
  Town furnished() {
    own("MachineConfiguration", "cimi/2/machineConfigs", "'cpu': 1, 'memory': 1048576");
    own("MachineImage", "cimi/2/machineImages", "'type': 'IMAGE', 'imageLocation': 'x:ownmark'");
    own("CredentialTemplate", "cimi/2/credentialTemplates", "'userName': 'ownmark'");
    own(
        "Credential",
        "cimi/2/credentials",
        "'credentialTemplate': {'userName': 'ownmark', 'password': 'a word for ownmark'}");
    own(
        "MachineTemplate",
        "cimi/2/machineTemplates",
        "'machineConfig': {'href': '%s'}, 'machineImage': {'href': '%s'}, 'initialState': 'STARTED'"
            .formatted(url("MachineConfiguration"), image()));
    own("ApiToken", "broker/1/apiTokens", "'role': 'READER'");
    own("VolumeConfiguration", "cimi/2/volumeConfigs", "'capacity': 1000");
    own(
        "VolumeTemplate",
        "cimi/2/volumeTemplates",
        "'volumeConfig': {'href': '%s'}".formatted(url("VolumeConfiguration")));
    owned.put("Volume", volume(owner, MARK));
    own(
        "VolumeImage",
        "cimi/2/volumeImages",
        "'imageLocation': '%s'".formatted(volume(owner, MARK + "-2")));
    owned.put("Machine", machine(owner, MARK));
    String lan = network(broker.cloud().name());
    own(
        "NetworkInterfaceTemplate",
        "cimi/2/interfaceTemplates",
        "'network': {'href': '%s'}".formatted(lan));
    owned.put("NetworkPort", first(owner, "cimi/1/networkPorts", "networkPorts"));
    owned.put("Address", first(owner, "cimi/1/addresses", "addresses"));
    owned.put("ProtocolEndpoint", first(owner, "cimi/2/endpoints", "protocolEndpoints"));
    owned.put("Job", jobOf(url("Machine")));
    owned.put("Decision", first(owner, "broker/1/decisions", "decisions"));
    owned.put("Event", first(owner, "broker/1/events", "events"));
    String account =
        admin.made(
            "broker/1/accounts",
            ("{'name': '%s-account', 'connector': 'scripted', 'settings': {'address': 'memory:%s'},"
                    + " 'grants': [{'href': 'tenants/default'}]}")
                .formatted(MARK, broker.cloud().name()));
    String shown = network(account.substring(account.lastIndexOf('/') + 1));
    owned.put("ProtocolSegment", first(owner, shown + "/segments", "protocolSegments"));
    own("NetworkConfiguration", "cimi/1/networkConfigs", "'networkType': 'PRIVATE'");
    own("NetworkTemplate", "cimi/2/networkTemplates", "'subnet': '10.66.0.0/24'");
    owned.put("Network", ordered(owner, MARK));
    return this;
  }

  private void own(String kind, String collection, String more) {
    owned.put(kind, owner.made(collection, "{'name': '" + MARK + "', " + more + "}"));
  }

  /** What the first tenant owns of a kind. */
  String url(String kind) {
    return Objects.requireNonNull(owned.get(kind), kind);
  }

  /** An image of the house, which every tenant may use. */
  String image() {
    return first(admin, "cimi/2/machineImages", "machineImages");
  }

  /** A network that an account shows. */
  String network(String account) {
    for (JsonNode network : owner.json("cimi/2/networks").path("networks")) {
      if (network.path("account").asText().equals(account)) return network.path("id").asText();
    }
    throw new AssertionError(account + " shows no network");
  }

  /** A network that somebody ordered. */
  String ordered(Client whose, String name) {
    String made =
        whose.made(
            "cimi/2/networks",
            ("{'name': '%s', 'networkTemplate': {'initialState': 'STARTED'},"
                    + " 'placement': {'terms': {'accounts': '%s'}}}")
                .formatted(name, broker.cloud().name()));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> whose.json(made).path("state").asText().equals("STARTED"));
    return made;
  }

  String machine(Client whose, String name) {
    String made =
        whose.made(
            "cimi/2/machines",
            ("{'name': '%s', 'machineTemplate': {'initialState': 'STARTED', 'machineConfig':"
                    + " {'cpu': 1, 'memory': 1048576, 'disks': [{'capacity': 1000}]},"
                    + " 'machineImage': {'href': '%s'}}}")
                .formatted(name, image()));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> whose.json(made).path("state").asText().equals("STARTED"));
    return made;
  }

  String volume(Client whose, String name) {
    String made =
        whose.made(
            "cimi/2/volumes",
            ("{'name': '%s', 'volumeTemplate': {'volumeConfig': {'capacity': 1000}},"
                    + " 'placement': {'terms': {'accounts': '%s'}}}")
                .formatted(name, broker.cloud().name()));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> whose.json(made).path("state").asText().equals("AVAILABLE"));
    return made;
  }

  /** Attaches a volume to a machine, both of one tenant. */
  void attach(Client whose, String machine, String volume) {
    HttpResponse<String> answer =
        whose.send(
            "POST", machine + "/volumes/insert", "{\"volume\": {\"href\": \"" + volume + "\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    ended(whose, answer);
  }

  /** Waits until the job of an answer has ended well. */
  static void ended(Client whose, HttpResponse<String> answer) {
    String job = answer.headers().firstValue("CIMI-Job-URI").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> whose.json(job).path("state").asText().equals("SUCCESS"));
  }

  private String jobOf(String machine) {
    String path = machine.substring(machine.indexOf("machines/"));
    for (JsonNode job : owner.json("cimi/2/jobs").path("jobs")) {
      if (job.path("affectedResources").toString().contains(path)) return job.path("id").asText();
    }
    throw new AssertionError("no job made " + machine);
  }

  private static String first(Client whose, String collection, String items) {
    JsonNode first = whose.json(collection).path(items).path(0);
    assertThat(first.has("id")).as("there is one of " + collection).isTrue();
    return first.path("id").asText();
  }

  private void awaitCount(String collection, int least) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admin.json(collection).path("count").asInt() >= least);
  }

  /** All that the API's description lists, so that what is new is walked too. */
  Set<Route> routes() {
    Set<Route> routes = new TreeSet<>();
    admin
        .json("openapi")
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> {
                  if (!verb.equals("parameters")) {
                    routes.add(
                        new Route(verb.toUpperCase(Locale.ROOT), path.getKey().substring(1)));
                  }
                }));
    return routes;
  }

  /** What nobody has. */
  static String nothing() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public void close() {
    broker.close();
  }
}
