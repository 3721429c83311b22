package io.meltemi.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProviderAttributesTest {
  @Test
  void whatOthersWroteIsKeptAsItIsInTheOrderOfItsNames() {
    assertThat(
            ProviderAttributes.kept(Map.of("owner", "Zoë & Co", "cost-centre", "", "a b", "<1>")))
        .containsExactly(
            Map.entry("a b", "<1>"), Map.entry("cost-centre", ""), Map.entry("owner", "Zoë & Co"));
  }

  @Test
  void theFirstOfTooManyAreKept() {
    Map<String, String> many =
        IntStream.range(100, 200)
            .boxed()
            .collect(Collectors.toMap(each -> "n" + each, each -> "v" + each));
    assertThat(ProviderAttributes.kept(many))
        .hasSize(32)
        .containsKey("n131")
        .doesNotContainKey("n132");
  }

  @Test
  void whatIsTooLongIsLeftOutWhole() {
    assertThat(
            ProviderAttributes.kept(
                Map.of("a".repeat(256), "", "note", "x".repeat(256), "ok", "x".repeat(255))))
        .containsOnlyKeys("ok");
  }

  @Test
  void whatIsCalledLikeASecretIsLeftOut() {
    assertThat(
            ProviderAttributes.kept(
                Map.of("db_Password", "1", "api-token", "2", "PRIVATE_KEY", "3", "key", "4")))
        .containsOnlyKeys("key");
  }

  @Test
  void whatNoXmlCanHoldIsLeftOut() {
    assertThat(ProviderAttributes.kept(Map.of("bell", "\u0007", "half", "\ud800", " ", "blank")))
        .isEmpty();
  }
}
