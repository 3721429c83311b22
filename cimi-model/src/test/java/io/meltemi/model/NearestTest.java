package io.meltemi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> TERMS =
      List.of("countries", "priceCap", "abilities", "providers", "address");

  @ParameterizedTest
  @CsvSource({
    "country, countries",
    "countryCode, countries",
    "price, priceCap",
    "Ability, abilities",
    "abilites, abilities",
    "provider, providers",
    "providerName, providers"
  })
  void oneWordIsNear(String word, String near) {
    assertThat(Nearest.to(word, TERMS)).contains(near);
  }

  @Test
  void whatIsNotNearIsNotGuessed() {
    for (String word : List.of("zone", "p", "adress-book", "cap")) {
      assertThat(Nearest.to(word, TERMS)).as(word).isEmpty();
    }
  }
}
