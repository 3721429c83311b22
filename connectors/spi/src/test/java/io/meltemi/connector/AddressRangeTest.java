package io.meltemi.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
  private static final Token TOKEN = new Token("n-1");

  @Test
  void aRangeBeginsWithItsFirstAddress() {
    for (String words : List.of("10.1.2.0/24", "0.0.0.0/0", "192.168.7.128/25", "10.0.0.1/32")) {
      assertThat(AddressRange.parse(words).map(AddressRange::toString)).contains(words);
    }
    for (String words :
        List.of("10.1.2.3/24", "10.1.2.0", "10.1.256.0/24", "10.0.0.0/33", "fd00::/64", "")) {
      assertThat(AddressRange.parse(words)).as(words).isEmpty();
    }
  }

  @Test
  void rangesOverlapWhenTheyShareAnAddress() {
    assertThat(range("10.1.0.0/16").overlaps(range("10.1.255.0/24"))).isTrue();
    assertThat(range("10.1.255.0/24").overlaps(range("10.1.0.0/16"))).isTrue();
    assertThat(range("10.1.0.0/24").overlaps(range("10.1.1.0/24"))).isFalse();
  }

  @Test
  void theSameTokenAmongTheSameRangesGetsTheSame() {
    List<String> taken = new ArrayList<>(List.of("10.1.0.0/16", "fd00::/64"));
    AddressRange first = AddressRange.free(TOKEN, taken);
    assertThat(AddressRange.free(TOKEN, taken)).isEqualTo(first);
    taken.add(first.toString());
    assertThat(AddressRange.free(TOKEN, taken).overlaps(first)).isFalse();
  }

  @Test
  void whereEverythingIsTakenThereIsNone() {
    assertThatThrownBy(() -> AddressRange.free(TOKEN, List.of("10.64.0.0/10")))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CAPACITY));
  }

  private static AddressRange range(String words) {
    return Optional.of(words).flatMap(AddressRange::parse).orElseThrow();
  }

  @Test
  void whatNoNetworkCanHaveIsNotUsable() {
    for (String no : List.of("0.0.0.0/8", "127.1.0.0/24", "169.254.0.0/16", "224.0.0.0/24")) {
      assertThat(AddressRange.parse(no).orElseThrow().usable()).as(no).isFalse();
    }
    for (String yes : List.of("10.0.0.0/8", "169.253.0.0/16", "198.51.100.0/24")) {
      assertThat(AddressRange.parse(yes).orElseThrow().usable()).as(yes).isTrue();
    }
  }
}
