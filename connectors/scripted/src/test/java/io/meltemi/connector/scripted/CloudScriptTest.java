package io.meltemi.connector.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.pivot.Amount;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudScriptTest {
  @Test
  void theDemoCloudsAreReadWhole() {
    assertThat(Demo.NAMES).allSatisfy(name -> assertThat(Demo.script(name).places()).hasSize(2));
    assertThat(Demo.script("pampero").sizes())
        .filteredOn(size -> size.price().isEmpty())
        .hasSize(1);
  }

  @Test
  void pricesAreExact() {
    assertThat(Demo.script("aurora").sizes().getFirst().price().orElseThrow().perHour())
        .isEqualTo(new BigDecimal("0.0120"));
  }

  @Test
  void aLimitThatIsMissingIsNoLimit() {
    Amount quota = CloudScript.amount(Demo.script("aurora").quota());
    assertThat(quota).isEqualTo(new Amount(50, 200, 838860800, Long.MAX_VALUE, 100));
  }

  @Test
  void anUnknownWordIsRefusedByName() {
    assertThatThrownBy(() -> CloudScript.parse("name: x\nplaces: []\nplacez: []\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("placez")
        .hasMessageContaining("near line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k1:c2VjcmV0LWtleQ==",
        "quota: c2VjcmV0LWtleQ==",
        "name: [c2VjcmV0LWtleQ==]",
        "places: {c2VjcmV0LWtleQ==: 1}",
        "root:x:0:0:c2VjcmV0LWtleQ==\ndaemon:x:1"
      })
  void nothingOfAFileThatIsNoScriptIsTold(String text) {
    assertThatThrownBy(() -> CloudScript.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a scripted cloud, near line")
        .hasMessageNotContaining("c2VjcmV0")
        .hasNoCause();
  }

  @Test
  void mishapsAreReadFromTheFile() {
    CloudScript script =
        CloudScript.parse(
            """
            name: x
            mishaps:
              - { call: create, skip: 1, effect: { does: refuse, fault: CAPACITY, reason: full } }
              - { call: delete, times: 0, effect: { does: loseAnswer, after: PT60S } }
            """);
    assertThat(script.mishaps())
        .extracting(mishap -> mishap.effect().getClass().getSimpleName())
        .containsExactly("Refuse", "LoseAnswer");
  }
}
