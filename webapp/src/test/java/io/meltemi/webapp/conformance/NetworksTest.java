package io.meltemi.webapp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of accounts, and machines in those that their orders name (DSP0263 2.0.0, 5.16). */
class NetworksTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/networks.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @InEveryDialect
  void everyNetworkOfAnAccountIsRead(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertThat(named(talk, "networks")).contains("blue", "green", "world");
    Answer blue = talk.get(network(talk, "blue"));
    assertThat(blue.need("state")).isEqualTo("STARTED");
    assertThat(blue.need("account")).isEqualTo("ground");
    assertThat(blue.need("source")).isEqualTo("script of ground");
    assertThat(blue.need("observed")).endsWith("Z");
    assertThat(talk.get(network(talk, "green")).body()).contains("ground-2");
    if (dialect.version() == 1) {
      assertThat(blue.need("networkType")).isEqualTo("PRIVATE");
      assertThat(blue.need("mtu")).isEqualTo("1450");
      assertThat(talk.get(network(talk, "world")).need("networkType")).isEqualTo("PUBLIC");
    } else {
      List<Answer> segments = talk.get(blue.needHref("segments")).items();
      assertThat(segments)
          .extracting(each -> each.need("protocol"))
          .containsExactlyInAnyOrder("Ethernet", "IPv4", "IPv6");
      String all = segments.stream().map(each -> talk.get(each.need("id")).body()).toList() + "";
      assertThat(all).contains("1450", "10.20.0.0", "255.255.252.0", "fd00:20:0:0:0:0:0:0", "64");
    }
  }

  @InEveryDialect
  void aMachineIsInTheNetworksThatItsTemplateNames(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String green = network(talk, "green");
    String blue = network(talk, "blue");
    Body template = cards(talk.template(), dialect, green, blue);
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("joined", template)).need("id"), "STARTED");
    assertThat(machine.need("location")).isEqualTo("ground-2");
    List<Answer> nics = nics(talk, machine);
    assertThat(nics).hasSize(2);
    if (dialect.version() == 1) {
      assertThat(nics).extracting(each -> each.needHref("network")).containsExactly(green, blue);
      Answer port = talk.get(nics.getFirst().needHref("networkPort"));
      assertThat(port.needHref("network")).isEqualTo(green);
      assertThat(talk.get(talk.get(green).needHref("networkPorts")).items())
          .extracting(each -> each.needHref("networkPort"))
          .contains(port.need("id"));
      Answer address =
          talk.get(
              talk.get(nics.getFirst().needHref("addresses"))
                  .items()
                  .getFirst()
                  .needHref("address"));
      assertThat(address.need("ip")).startsWith("10.30.");
      assertThat(address.need("mask")).isEqualTo("255.255.0.0");
    } else {
      List<Answer> endpoints = talk.get(nics.getFirst().needHref("endpoints")).items();
      assertThat(endpoints)
          .extracting(each -> each.need("protocol"))
          .containsExactlyInAnyOrder("Ethernet", "IPv4");
      for (Answer segment : talk.get(talk.get(green).needHref("segments")).items()) {
        assertThat(talk.get(segment.needHref("endpoints")).items())
            .extracting(each -> each.needHref("interface"))
            .contains(nics.getFirst().need("id"));
      }
    }
    talk.removed(machine);
  }

  @InEveryDialect
  void aTemplateThatOneVersionMadeIsTheSameInTheOther(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Dialect other = new Dialect(3 - dialect.version(), dialect.xml());
    Talk there = provider.talk(other);
    Answer made =
        talk.made(
            "machineTemplates",
            cards(talk.template(), dialect, network(talk, "blue")).with("name", "wired"));
    String url = made.need("id").replace("/cimi/" + dialect.version(), "/cimi/" + other.version());
    String blue = network(there, "blue");
    assertThat(there.get(url).body()).contains(blue.substring(blue.lastIndexOf('/') + 1));
    Answer machine =
        there.awaited(
            there.made("machines", there.order("wired", Body.beside(url))).need("id"), "STARTED");
    assertThat(nics(there, machine)).hasSize(1);
    there.removed(machine);
    Body plain = talk.template().with("name", "bare again");
    assertThat(talk.consumer().put(made.need("id"), plain).status()).isEqualTo(200);
    assertThat(there.get(url).members())
        .doesNotContain("networkInterfaces", "networkInterface")
        .doesNotContain("interfaceTemplates", "interfaceTemplate");
    assertThat(talk.consumer().delete(made.need("id")).status()).isEqualTo(200);
  }

  @Test
  void anInterfaceTemplateIsKeptAndReferredTo() {
    Dialect dialect = new Dialect(2, false);
    Talk talk = provider.talk(dialect);
    Answer card =
        talk.made(
            "interfaceTemplates",
            Body.of("NetworkInterfaceTemplate")
                .with("name", "front")
                .ref("network", network(talk, "green")));
    Body template =
        talk.template()
            .list("interfaceTemplates", "interfaceTemplate", Body.beside(card.need("id")));
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("front", template)).need("id"), "STARTED");
    assertThat(nics(talk, machine)).hasSize(1);
    assertThat(machine.need("location")).isEqualTo("ground-2");
    talk.removed(machine);
    assertThat(talk.consumer().delete(card.need("id")).status()).isEqualTo(200);
  }

  @Test
  void networksOfOneNameAreToldApartByTheirRanges() {
    Talk talk = provider.talk(new Dialect(1, false));
    List<String> twins =
        talk.all("networks").items().stream()
            .filter(each -> each.need("name").equals("twin"))
            .map(each -> each.need("id"))
            .toList();
    assertThat(twins).hasSize(2).doesNotHaveDuplicates();
    Body template = cards(talk.template(), talk.dialect(), twins.getLast(), twins.getFirst());
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("between", template)).need("id"), "STARTED");
    assertThat(nics(talk, machine))
        .extracting(each -> each.needHref("network"))
        .containsExactly(twins.getLast(), twins.getFirst());
    talk.removed(machine);
  }

  /** As on community nodes, where each has such a network of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"ground-1", "ground-2"})
  void networksOfOneNameAndRangeAreToldApartByTheirPlaces(String place) {
    Talk talk = provider.talk(new Dialect(1, false));
    Body placement = Body.of("x").entry("terms", "term", "locations", place);
    Body template = talk.template().part("placement", placement);
    Answer machine =
        talk.awaited(
            talk.made("machines", talk.order("at " + place, template)).need("id"), "STARTED");
    Answer network = talk.get(nics(talk, machine).getFirst().needHref("network"));
    assertThat(network.need("name")).isEqualTo("default");
    assertThat(network.body()).contains(place);
    talk.removed(machine);
  }

  @InEveryDialect
  void aNetworkThatIsNotThereIsAVerdict(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body elsewhere =
        cards(talk.template(), dialect, network(talk, "green"))
            .part("placement", Body.of("x").entry("terms", "term", "locations", "ground-1 bare-1"));
    Answer refused = talk.posted("machines", talk.order("far", elsewhere));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw())
        .contains("machine.no-offer", "green of ground", "one network can be chosen here")
        .contains("no network can be chosen here");
    Body beyond = cards(talk.template(), dialect, network(talk, "world"));
    assertThat(talk.posted("machines", talk.order("beyond", beyond)).raw())
        .contains("machine.no-offer", "world of ground");
  }

  @InEveryDialect
  void anUnknownNetworkIsRefusedWithItsField(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String unknown = network(talk, "blue").replaceAll("[^/]*$", "nobody");
    Answer refused =
        talk.posted("machines", talk.order("lost", cards(talk.template(), dialect, unknown)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.raw())
        .contains(dialect.version() == 1 ? "networkInterfaces[0]" : "interfaceTemplates[0]");
    Answer template = talk.posted("machineTemplates", cards(talk.template(), dialect, unknown));
    assertThat(template.status()).isEqualTo(400);
  }

  /** The same account, from now on for others only: its networks are nobody's to see here. */
  @Test
  void networksOfAnAccountThatServesOthersAreNotSeen() {
    Talk talk = provider.talk(new Dialect(2, false));
    String blue = network(talk, "blue");
    serving("[{\"href\": \"tenants/others\"}]");
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> talk.consumer().get(blue).status() == 404);
      assertThat(named(talk, "networks")).doesNotContain("blue", "green", "world");
      Body order = talk.order("strange", cards(talk.template(), talk.dialect(), blue));
      assertThat(talk.posted("machines", order).status()).isEqualTo(400);
    } finally {
      serving("[]");
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> talk.consumer().get(blue).status() == 200);
  }

  private static void serving(String grants) {
    Talk talk = provider.talk(new Dialect(2, false));
    String base = provider.broker().url() + "broker/1/";
    Answer ignored =
        talk.consumer()
            .send(
                "POST", base + "tenants", "{\"name\": \"others\", \"description\": \"strangers\"}");
    String account = base + "accounts/ground?$select=" + URLEncoder.encode("grants", UTF_8);
    Answer changed = talk.consumer().send("PUT", account, "{\"grants\": " + grants + "}");
    assertThat(changed.status()).as(changed.raw() + ignored.status()).isEqualTo(200);
  }

  private static Body cards(Body template, Dialect dialect, String... networks) {
    Body[] all = new Body[networks.length];
    for (int i = 0; i < networks.length; i++) all[i] = Body.of("x").ref("network", networks[i]);
    return dialect.version() == 1
        ? template.list("networkInterfaces", "networkInterface", all)
        : template.list("interfaceTemplates", "interfaceTemplate", all);
  }

  private static List<Answer> nics(Talk talk, Answer machine) {
    String collection = talk.dialect().version() == 1 ? "networkInterfaces" : "interfaces";
    return talk.get(machine.needHref(collection)).items();
  }

  private static List<String> named(Talk talk, String collection) {
    return talk.all(collection).items().stream().map(each -> each.need("name")).toList();
  }

  private static String network(Talk talk, String name) {
    return talk.all("networks").items().stream()
        .filter(each -> each.need("name").equals(name))
        .findFirst()
        .orElseThrow()
        .need("id");
  }
}
