package io.meltemi.broker.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ranges of addresses, as providers write them. */
class SubnetTest {
  private static Subnet of(String cidr) {
    return Subnet.parse(cidr).orElseThrow();
  }

  @Test
  void aRangeHoldsItsAddressesAndNoOthers() {
    assertThat(of("10.20.0.0/22").contains("10.20.3.255")).isTrue();
    assertThat(of("10.20.0.0/22").contains("10.20.4.0")).isFalse();
    assertThat(of("10.20.0.0/22").contains("fd00::1")).isFalse();
    assertThat(of("fd00:20::/64").contains("fd00:20::ffff")).isTrue();
    assertThat(of("fd00:20::/64").contains("fd00:21::")).isFalse();
    assertThat(of("0.0.0.0/0").contains("203.0.113.9")).isTrue();
    assertThat(of("0.0.0.0/0").contains("example.org")).isFalse();
  }

  @Test
  void aMaskHasAsManyBitsAsThePrefixSays() {
    assertThat(of("10.20.0.0/22").netmask()).isEqualTo("255.255.252.0");
    assertThat(of("0.0.0.0/0").netmask()).isEqualTo("0.0.0.0");
    assertThat(of("10.0.0.1/32").netmask()).isEqualTo("255.255.255.255");
    assertThat(of("128.0.0.0/1").netmask()).isEqualTo("128.0.0.0");
  }

  @Test
  void aPathBearsEveryRange() {
    assertThat(of("10.20.0.0/22").inPath()).isEqualTo("10.20.0.0-22");
    assertThat(of("fd00:20::/64").inPath()).matches("[A-Za-z0-9._-]+");
  }

  @Test
  void whatIsNoRangeIsNone() {
    assertThat(Subnet.parse("10.0.0.0")).isEmpty();
    assertThat(Subnet.parse("10.0.0.0/33")).isEmpty();
    assertThat(Subnet.parse("10.0.0.0/x")).isEmpty();
    assertThat(Subnet.parse("localhost/8")).isEmpty();
    assertThat(Subnet.parse("/8")).isEmpty();
  }
}
