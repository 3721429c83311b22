package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Floating addresses, asked for with a machine and shown beside its own. The cloud lends one at a
 * time, so that what is not given back is missed at once.
 */
class FloatingAddressTest {
  private static final String FLOATING = "203.0.113.7";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/floating.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private static Body wanted(Talk talk) {
    return talk.template().with("floatingAddress", true);
  }

  private static Answer started(Talk talk, String name, Body template) {
    return talk.awaited(ordered(talk, talk.order(name, template)), "STARTED");
  }

  /** The cloud is asked what is left once a machine has gone, which takes a moment. */
  private static String ordered(Talk talk, Body order) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> talk.posted("machines", order), answer -> answer.status() == 202)
        .header("Location")
        .orElseThrow();
  }

  @InEveryDialect
  void anAddressIsLentShownInBothVersionsAndEndsWithItsMachine(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = started(talk, "reached", wanted(talk));
    assertThat(machine.need("location")).isEqualTo("field-1");
    assertThat(machine.body()).contains("floatingAddress", "EXACT");
    for (Dialect each : Provider.dialects()) {
      Talk there = provider.talk(each);
      Answer same =
          there.get(
              machine.need("id").replaceFirst("/cimi/[12]/", "/cimi/" + each.version() + "/"));
      assertThat(shown(there, same)).hasSize(2).startsWith(FLOATING);
      assertThat(same.body()).contains(FLOATING);
    }
    talk.removed(machine);
    talk.removed(started(talk, "next", wanted(talk)));
  }

  /** The addresses of the machine's only card. */
  private static List<String> shown(Talk talk, Answer machine) {
    List<String> all = new ArrayList<>();
    if (talk.dialect().version() == 1) {
      List<Answer> cards = talk.get(machine.needHref("networkInterfaces")).items();
      assertThat(cards).hasSize(1);
      for (Answer each : talk.get(cards.getFirst().needHref("addresses")).items()) {
        Answer address = talk.get(each.needHref("address"));
        assertThat(address.needHref("resource")).isEqualTo(machine.need("id"));
        all.add(address.need("ip"));
      }
      return all;
    }
    List<Answer> cards = talk.get(machine.needHref("interfaces")).items();
    assertThat(cards).hasSize(1);
    for (Answer each : talk.get(cards.getFirst().needHref("endpoints")).items()) {
      if (each.need("protocol").equals("IPv4")) all.add(each.need("address"));
    }
    return all;
  }

  @InEveryDialect
  void aTemplateKeepsTheWishAndAnOrderMayTakeItBack(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer template = talk.made("machineTemplates", wanted(talk).with("name", "reachable"));
    assertThat(template.need("floatingAddress")).isEqualTo("true");
    String id = template.need("id");
    Answer machine = started(talk, "as kept", Body.beside(id));
    assertThat(shown(talk, machine)).startsWith(FLOATING);
    Answer inside = started(talk, "inside", Body.beside(id).with("floatingAddress", false));
    assertThat(shown(talk, inside)).hasSize(1).doesNotContain(FLOATING);
    talk.removed(inside);
    talk.removed(machine);
    assertThat(talk.consumer().delete(id).status()).isEqualTo(200);
  }

  @Test
  void theAddressIsAtTheFirstCardAmongNetworksOfOneName() {
    Talk talk = provider.talk(new Dialect(1, false));
    Body[] cards =
        talk.all("networks").items().stream()
            .filter(each -> each.need("name").equals("lan"))
            .map(each -> Body.of("x").ref("network", each.need("id")))
            .toArray(Body[]::new);
    assertThat(cards).hasSize(2);
    Answer machine =
        started(
            talk, "two cards", wanted(talk).list("networkInterfaces", "networkInterface", cards));
    List<Answer> nics = talk.get(machine.needHref("networkInterfaces")).items();
    assertThat(nics)
        .extracting(each -> talk.get(each.needHref("addresses")).items().size())
        .containsExactly(2, 1);
    assertThat(nics).extracting(each -> each.needHref("network")).doesNotHaveDuplicates();
    talk.removed(machine);
  }

  @InEveryDialect
  void aPlaceThatLendsNoneIsRefusedWithTheAbilityAndARemedy(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body order =
        talk.order("far", wanted(talk))
            .part("placement", Body.of("x").entry("terms", "term", "locations", "bare-1"));
    int before = talk.all("machines").items().size();
    Answer refused = talk.posted("machines", order);
    assertThat(refused.status()).as(refused.raw()).isEqualTo(409);
    assertThat(refused.raw()).contains("FLOATING_ADDRESS", "do without");
    assertThat(talk.all("machines").items()).hasSize(before);
  }

  @InEveryDialect
  void anAddressThatIsOnlyWishedForIsLentWhereItCanBeAndToldAsDroppedElsewhere(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer bare = wishing(talk, "bare-1");
    assertThat(mapped(bare)).containsExactly("DROPPED");
    assertThat(shown(talk, bare)).hasSize(1).doesNotContain(FLOATING);
    Answer reached = wishing(talk, "field-1");
    assertThat(mapped(reached)).containsExactly("EXACT");
    assertThat(shown(talk, reached)).startsWith(FLOATING);
    talk.removed(reached);
    talk.removed(bare);
  }

  private static Answer wishing(Talk talk, String location) {
    Body order =
        talk.order(location, wanted(talk).with("floatingAddressOptional", true))
            .part("placement", Body.of("x").entry("terms", "term", "locations", location));
    return talk.awaited(ordered(talk, order), "STARTED");
  }

  /** How the wish for an address is carried. */
  private static List<String> mapped(Answer machine) {
    return machine.entries("mapping", "mapped").stream()
        .filter(each -> each.need("attribute").equals("floatingAddress"))
        .map(each -> each.need("fidelity"))
        .toList();
  }

  @InEveryDialect
  void anOrderBeyondTheQuotaIsRefusedAtOnceAndLeavesNothing(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = started(talk, "first", wanted(talk));
    int before = talk.all("machines").items().size();
    Answer refused = talk.posted("machines", talk.order("second", wanted(talk)));
    assertThat(refused.status()).as(refused.raw()).isEqualTo(409);
    assertThat(refused.raw())
        .contains(
            "1 floating addresses",
            "0 floating addresses left in the account's quota",
            "do without");
    assertThat(talk.all("machines").items()).hasSize(before);
    talk.removed(machine);
  }

  @InEveryDialect
  void aWishThatIsNoFlagIsRefusedWithItsField(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body order = talk.order("odd", talk.template().with("floatingAddress", "perhaps"));
    Answer refused = talk.posted("machines", order);
    assertThat(refused.status()).as(refused.raw()).isEqualTo(400);
    assertThat(refused.raw()).contains("machineTemplate.floatingAddress");
  }
}
