package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.vsphere.vim.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VlanRangeTest {
  @ParameterizedTest
  @CsvSource({"2000-2099, 2000, 2099", "' 7 ', 7, 7", "1-4094, 1, 4094"})
  void aRangeOrOneVlanIsRead(String words, int first, int last) {
    assertThat(VlanRange.parse(words)).isEqualTo(new VlanRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0-5", "5-4", "4000-4095", "2000,2001", "-3", "2000-", "99999"})
  void whatIsNoneIsRefusedWithAnExample(String words) {
    assertThatThrownBy(() -> VlanRange.parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vlans")
        .hasMessageContaining("2000-2099");
  }

  @Test
  void itIsCountedFromBothEnds() {
    assertThat(new VlanRange(5, 7).upwards()).containsExactly(5, 6, 7);
    assertThat(new VlanRange(5, 7).downwards()).containsExactly(7, 6, 5);
  }

  @Test
  void aPortGroupCarriesItsVlanOrThoseOfItsTrunkOrAPrivateOne() {
    assertThat(VlanRange.carried(ports(Element.of("vlanId", 12))))
        .containsExactly(new VlanRange(12, 12));
    assertThat(VlanRange.carried(ports(span(10, 20), span(30, 30))))
        .containsExactly(new VlanRange(10, 20), new VlanRange(30, 30));
    assertThat(VlanRange.carried(ports(Element.of("pvlanId", 40))))
        .containsExactly(new VlanRange(40, 40));
    assertThat(VlanRange.carried(Element.of("defaultPortConfig"))).isEmpty();
  }

  private static Element ports(Element... vlans) {
    return Element.of("defaultPortConfig", Element.of("vlan", vlans));
  }

  private static Element span(int start, int end) {
    return Element.of("vlanId", Element.of("start", start), Element.of("end", end));
  }
}
