package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks that are ordered, joined and deleted (DSP0263 2.0.0, 5.16.2). */
class OwnNetworksTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/own-networks.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @InEveryDialect
  void aNetworkIsOrderedJoinedAndDeleted(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer network = started(talk, order(dialect, "mine", "10.61.8.0/22"));
    assertThat(network.need("account")).isEqualTo("field");
    assertThat(network.need("location")).isEqualTo("field-1");
    assertThat(network.typeUri()).isEqualTo(dialect.typeUri("Network"));
    assertThat(network.body()).contains("subnet", "EXACT");
    if (dialect.version() == 1) {
      assertThat(network.need("networkType")).isEqualTo("PRIVATE");
    } else {
      String segments = talk.get(network.needHref("segments")).items().toString();
      String all =
          talk.get(network.needHref("segments")).items().stream()
                  .map(each -> talk.get(each.need("id")).body())
                  .toList()
              + segments;
      assertThat(all).contains("10.61.8.0", "255.255.252.0");
    }
    Answer machine = joined(talk, network, "in mine");
    assertThat(talk.get(nic(talk, machine)).body()).isNotEmpty();
    assertThat(talk.get(network.need("id")).operation("delete")).isEmpty();
    Answer refused = talk.consumer().delete(network.need("id"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw())
        .contains("network.in-use")
        .contains(machine.need("id").replaceFirst(".*/machines/", "machines/"));
    talk.removed(machine);
    assertThat(named(talk, "mine")).hasSize(1);
    deleted(talk, network);
    assertThat(named(talk, "mine")).isEmpty();
  }

  @InEveryDialect
  void aTemplateIsKeptReferredToAndOverridden(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body kept = template(dialect, "10.62.0.0/24").with("name", "kept");
    Answer template = talk.made("networkTemplates", kept);
    Answer plain = started(talk, order("as kept", Body.beside(template.need("id"))));
    Answer other =
        started(
            talk,
            order("otherwise", Body.beside(template.need("id")).with("subnet", "10.63.0.0/24")));
    assertThat(ranges(plain)).isEqualTo("10.62.0.0");
    assertThat(ranges(other)).isEqualTo("10.63.0.0");
    Talk there = provider.talk(new Dialect(3 - dialect.version(), dialect.xml()));
    String same =
        template
            .need("id")
            .replace("/cimi/" + dialect.version(), "/cimi/" + there.dialect().version());
    Answer third = started(there, order("from there", Body.beside(same)));
    assertThat(ranges(third)).isEqualTo("10.62.0.0");
    deleted(there, third);
    deleted(talk, plain);
    deleted(talk, other);
    assertThat(talk.consumer().delete(template.need("id")).status()).isEqualTo(200);
  }

  /** The address range, as 2.0 tells it. */
  private static String ranges(Answer network) {
    Talk there = provider.talk(new Dialect(2, false));
    String id = network.need("id").replaceFirst("/cimi/1/", "/cimi/2/");
    for (Answer each : there.get(there.get(id).needHref("segments")).items()) {
      String body = there.get(each.need("id")).raw();
      if (body.contains("subnetAddress")) {
        return body.replaceFirst("(?s).*\"subnetAddress\" ?: ?\"([0-9.]+)\".*", "$1");
      }
    }
    return "";
  }

  @Test
  void aConfigurationOf1xIsReferredToAndWhatNoPlaceGivesIsTold() {
    Talk talk = provider.talk(new Dialect(1, true));
    Answer config =
        talk.made(
            "networkConfigs",
            Body.of("NetworkConfiguration")
                .with("name", "fine")
                .with("networkType", "PRIVATE")
                .with("mtu", 9000)
                .with("classOfService", "GOLD"));
    Body template = Body.of("NetworkTemplate").ref("networkConfig", config.need("id"));
    Answer network = started(talk, order("configured", template));
    assertThat(network.body()).contains("9000 bytes", "GOLD", "DROPPED");
    deleted(talk, network);
  }

  @InEveryDialect
  void whatNoPlaceCanMakeIsRefusedWithItsField(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    List<String> none =
        List.of("10.1.2.3/24", "10.0.0.0/30", "fd00::/64", "here", "127.0.0.0/8", "224.0.0.0/24");
    for (String subnet : none) {
      Answer refused = talk.posted("networks", order(dialect, "wrong", subnet));
      assertThat(refused.status()).as(refused.raw()).isEqualTo(400);
      assertThat(refused.raw()).contains("networkTemplate.subnet", "10.1.2.0/24");
      assertThat(talk.posted("networkTemplates", template(dialect, subnet)).status())
          .isEqualTo(400);
    }
    Body stopped = template(dialect, "10.1.2.0/24").with("initialState", "STOPPED");
    Answer refused = talk.posted("networks", order("stopped", stopped));
    assertThat(refused.raw()).contains("networkTemplate.initialState");
    if (dialect.version() == 1) {
      Body open =
          Body.of("NetworkTemplate")
              .part("networkConfig", Body.of("x").with("networkType", "PUBLIC"));
      assertThat(talk.posted("networks", order("open", open)).raw())
          .contains("networkTemplate.networkConfig.networkType");
    }
  }

  @InEveryDialect
  void aPlaceWithoutTheAbilityTakesNoneAndADryRunStoresNothing(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body far =
        order(dialect, "far", "10.64.0.0/24")
            .part("placement", Body.of("x").entry("terms", "term", "locations", "bare-1"));
    Answer refused = talk.posted("networks", far);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("network.no-offer", "field-1");
    Answer tried =
        talk.consumer()
            .post(
                talk.all("networks").needOperation("add") + "?dryRun=true",
                order(dialect, "tried", "10.64.0.0/24"));
    assertThat(tried.status()).as(tried.raw()).isEqualTo(200);
    assertThat(tried.raw()).contains("PLACED", "10.64.0.0/24");
    assertThat(named(talk, "tried")).isEmpty();
  }

  @InEveryDialect
  void aNetworkOfTheAccountIsNeverDeleted(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer blue = named(talk, "blue").getFirst();
    assertThat(talk.get(blue.need("id")).operation("delete")).isEmpty();
    Answer refused = talk.consumer().delete(blue.need("id"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("network.foreign");
    assertThat(talk.get(blue.need("id")).need("state")).isEqualTo("STARTED");
  }

  @Test
  void aKeyThatComesTwiceOrdersOneNetwork() {
    Talk talk = provider.talk(new Dialect(2, false));
    String add = talk.all("networks").needOperation("add");
    String body = "{\"name\": \"once\", \"networkTemplate\": {\"initialState\": \"STARTED\"}}";
    Answer first = talk.consumer().send("POST", add, body, "Idempotency-Key", "only-one");
    Answer second = talk.consumer().send("POST", add, body, "Idempotency-Key", "only-one");
    assertThat(first.status()).as(first.raw()).isEqualTo(202);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(named(talk, "once")).hasSize(1);
    deleted(talk, talk.awaited(first.header("Location").orElseThrow(), "STARTED"));
  }

  /** Both tenants are served by the same account, and its provider tells both of its networks. */
  @Test
  void anotherTenantOfTheAccountNeitherSeesNorJoinsIt() {
    Talk talk = provider.talk(new Dialect(2, false));
    String base = provider.broker().url() + "broker/1/";
    assertThat(talk.consumer().send("POST", base + "tenants", "{\"name\": \"next\"}").status())
        .isEqualTo(201);
    String user =
        """
        {"name": "neighbour", "password": "a word for everybody",
          "memberships": [{"tenant": {"href": "tenants/next"}, "role": "MEMBER"}]}
        """;
    assertThat(talk.consumer().send("POST", base + "users", user).status()).isEqualTo(201);
    Answer network = started(talk, order(talk.dialect(), "private", "10.65.0.0/24"));
    String account = talk.consumer().get(base + "accounts").items().getFirst().need("id");
    assertThat(talk.consumer().delete(account).raw()).contains("account.in-use");
    Talk neighbour = provider.talk("neighbour", talk.dialect());
    assertThat(named(neighbour, "blue")).hasSize(1);
    assertThat(named(neighbour, "private")).isEmpty();
    String id = network.need("id");
    assertThat(neighbour.consumer().get(id).status()).isEqualTo(404);
    assertThat(neighbour.consumer().delete(id).status()).isEqualTo(404);
    assertThat(neighbour.all("segments").raw()).doesNotContain("10.65.0.0");
    Answer refused =
        neighbour.posted("machines", neighbour.order("intruder", cards(neighbour, id)));
    assertThat(refused.status()).as(refused.raw()).isEqualTo(400);
    deleted(talk, network);
  }

  private static Body template(Dialect dialect, String subnet) {
    Body template = Body.of("NetworkTemplate");
    if (dialect.version() == 1) {
      template.part("networkConfig", Body.of("x").with("networkType", "PRIVATE"));
    }
    return template.with("subnet", subnet);
  }

  private static Body order(Dialect dialect, String name, String subnet) {
    return order(name, template(dialect, subnet));
  }

  private static Body order(String name, Body template) {
    return Body.of("NetworkCreate").with("name", name).part("networkTemplate", template);
  }

  private static Answer started(Talk talk, Body order) {
    return talk.awaited(talk.made("networks", order).need("id"), "STARTED");
  }

  private static Body cards(Talk talk, String network) {
    Body card = Body.of("x").ref("network", network);
    return talk.dialect().version() == 1
        ? talk.template().list("networkInterfaces", "networkInterface", card)
        : talk.template().list("interfaceTemplates", "interfaceTemplate", card);
  }

  private static Answer joined(Talk talk, Answer network, String name) {
    Body order = talk.order(name, cards(talk, network.need("id")));
    return talk.awaited(talk.made("machines", order).need("id"), "STARTED");
  }

  /** The network that a machine's only card is in leads back to it. */
  private static String nic(Talk talk, Answer machine) {
    String collection = talk.dialect().version() == 1 ? "networkInterfaces" : "interfaces";
    return talk.get(machine.needHref(collection)).items().getFirst().need("id");
  }

  private static List<Answer> named(Talk talk, String name) {
    return talk.all("networks").items().stream()
        .filter(each -> each.need("name").equals(name))
        .toList();
  }

  private static void deleted(Talk talk, Answer network) {
    String url = network.need("id");
    Answer accepted = talk.consumer().delete(talk.get(url).needOperation("delete"));
    assertThat(accepted.status()).as(accepted.raw()).isEqualTo(202);
    talk.gone(url);
  }
}
