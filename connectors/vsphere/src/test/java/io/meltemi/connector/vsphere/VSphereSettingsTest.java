package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.kit.Outside;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VSphereSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of("endpoint", "https://v.example", "user", "u", "password", "s3cret", "folder", "f");

  @Test
  void theLeastIsEnoughAndThePathOfTheApiIsAdded() {
    VSphereSettings settings = VSphereSettings.of(LEAST);
    assertThat(settings.endpoint()).hasToString("https://v.example/sdk");
    assertThat(settings.cpuRatio()).isEqualTo(4);
    assertThat(settings.datastores()).isEmpty();
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void namesStandBetweenCommas() {
    assertThat(VSphereSettings.of(with("networks", " front , back,")).networks())
        .containsExactly("front", "back");
  }

  @Test
  void networksAreMadeOnASwitchWithVlansAndNowhereElse() {
    Map<String, String> settings = with("switch", "net/DVS0");
    settings.put("vlans", "2000-2099");
    assertThat(VSphereSettings.of(settings).newNetworks())
        .contains(new VSphereSettings.NewNetworks("net/DVS0", new VlanRange(2000, 2099)));
    assertThat(VSphereSettings.of(LEAST).newNetworks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, http://v.example/sdk",
    "endpoint, not an address",
    "endpoint, https://user@v.example/sdk",
    "endpoint, ''",
    "cpuRatio, 0",
    "cpuRatio, many",
    "folder, ' '",
    "switch, DVS0",
    "vlans, 2000-2099",
    "certificates, no certificate",
    "certificates, -----BEGIN CERTIFICATE-----"
  })
  void whatIsWrongIsNamed(String name, String value) {
    assertThatThrownBy(() ->
            new VSphereConnectorFactory()
                .open(
                    with(name, value),
                    new Context("a", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()))
                .close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put(name, value);
    return settings;
  }
}
