package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Orders of volumes and networks are decided like those of machines, and what was decided is kept
 * at the broker's own door. The cloud has two places, in Greece and in Sweden.
 */
class DecisionsTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/decisions.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private static Body volume(String name, String countries) {
    Body template =
        Body.of("VolumeTemplate").part("volumeConfig", Body.of("x").with("capacity", 1_000_000));
    return Body.of("VolumeCreate")
        .with("name", name)
        .part("volumeTemplate", template)
        .part("placement", within(countries));
  }

  private static Body network(String name, String countries) {
    return Body.of("NetworkCreate")
        .with("name", name)
        .part("networkTemplate", Body.of("NetworkTemplate").with("subnet", "10.66.0.0/24"))
        .part("placement", within(countries));
  }

  private static Body within(String countries) {
    return Body.of("x").entry("terms", "term", "countries", countries);
  }

  @InEveryDialect
  void aVolumeLeadsToTheDecisionThatPlacedIt(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer volume = talk.made("volumes", volume("placed", "SE"));
    Answer decision = decided(talk, volume);
    assertThat(decision.part("order").need("disk")).isEqualTo("1000000");
    talk.removed(talk.awaited(volume.need("id"), "AVAILABLE"));
  }

  @InEveryDialect
  void aNetworkLeadsToTheDecisionThatPlacedIt(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer network = talk.made("networks", network("placed", "SE"));
    Answer decision = decided(talk, network);
    assertThat(decision.part("order").need("subnet")).isEqualTo("10.66.0.0/24");
    talk.removed(talk.awaited(network.need("id"), "STARTED"));
  }

  /** The decision of something that was placed in Sweden; it tells of both places. */
  private static Answer decided(Talk talk, Answer made) {
    Answer found =
        talk.asked(talk.href("decisions"), "$filter", "resource='" + made.need("id") + "'");
    List<Answer> decisions = found.entries("decisions", "Decision");
    assertThat(decisions).as(found.raw()).hasSize(1);
    Answer decision = talk.get(decisions.getFirst().need("id"));
    assertThat(decision.need("outcome")).isEqualTo("PLACED");
    assertThat(decision.need("name")).isEqualTo(made.need("name"));
    assertThat(decision.entries("choices", "choice"))
        .extracting(each -> place(talk, each.need("offer")))
        .containsExactly("coast-2");
    assertThat(made.need("location")).isEqualTo("coast-2");
    List<Answer> refusals = decision.entries("refusals", "refusal");
    assertThat(refusals).hasSize(1);
    assertRefused(talk, refusals.getFirst(), "[SE]", "coast-1", "GR");
    assertThat(talk.get(decision.needHref("verdicts")).entries("verdicts", "Verdict"))
        .extracting(each -> place(talk, each.need("offer")) + " " + each.need("admitted"))
        .containsExactlyInAnyOrder("coast-1 false", "coast-2 true");
    return decision;
  }

  @InEveryDialect
  void aVolumeThatFitsNowhereIsAnsweredWithItsDecision(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertKept(talk, talk.posted("volumes", volume("refused", "NO")));
  }

  @InEveryDialect
  void aNetworkThatFitsNowhereIsAnsweredWithItsDecision(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertKept(talk, talk.posted("networks", network("refused", "NO")));
  }

  private static void assertKept(Talk talk, Answer refused) {
    assertThat(refused.status()).as(refused.raw()).isEqualTo(409);
    Answer decision = talk.get(refused.part("decision").need("href"));
    assertThat(decision.need("outcome")).isEqualTo("REFUSED");
    assertThat(decision.need("name")).isEqualTo("refused");
    assertThat(decision.entries("choices", "choice")).isEmpty();
    List<Answer> refusals = decision.entries("refusals", "refusal");
    assertThat(refusals).hasSize(2);
    assertRefused(talk, refusals.getFirst(), "[NO]", "coast-1", "GR");
    assertRefused(talk, refusals.getLast(), "[NO]", "coast-2", "SE");
  }

  private static void assertRefused(
      Talk talk, Answer refusal, String wanted, String place, String country) {
    assertThat(refusal.need("offers")).isEqualTo("1");
    assertThat(place(talk, refusal.need("example"))).isEqualTo(place);
    List<Answer> verdicts = refusal.entries("verdicts", "verdict");
    assertThat(verdicts)
        .extracting(each -> each.need("rule") + each.need("wanted") + each.need("offered"))
        .containsExactly("country" + wanted + country);
    assertThat(verdicts.getFirst().need("remedy")).contains("allow this country");
  }

  /** Where an offer is, by the id that decisions name it by. */
  private static String place(Talk talk, String offer) {
    Answer found = talk.asked(talk.href("offers"), "$filter", "offer='" + offer + "'");
    List<Answer> offers = found.entries("offers", "Offer");
    assertThat(offers).as(found.raw()).hasSize(1);
    return talk.get(offers.getFirst().needHref("location")).need("location");
  }
}
