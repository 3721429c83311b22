package io.meltemi.connector.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 5000, true",
    "127.0.0.1, 127.0.0.2, 5000, false",
    "127.0.0.1:5000, 127.0.0.1, 5000, true",
    "127.0.0.1:5000, 127.0.0.1, 5001, false",
    "127.0.0.1:5000-5010, 127.0.0.1, 5010, true",
    "127.0.0.1:5000-5010, 127.0.0.1, 5011, false",
    "10.0.0.0/8, 10.200.3.4, 443, true",
    "10.0.0.0/8, 11.0.0.0, 443, false",
    "10.128.0.0/9, 10.127.255.255, 443, false",
    "10.128.0.0/9:443, 10.255.0.1, 443, true",
    "0.0.0.0/0, 8.8.8.8, 443, true",
    "0.0.0.0/0, ::1, 443, false",
    "::1, ::1, 443, true",
    "[::1]:443, ::1, 443, true",
    "[::1]:443, ::1, 444, false",
    "fd00::/8, fdff::1, 1, true",
    "[fd00::]/8:8000-8999, fdff::1, 8500, true",
    "[fd00::]/8:8000-8999, fdff::1, 7999, false",
    "fe80::/10, febf::1, 1, true",
    "fe80::/10, fec0::1, 1, false"
  })
  void whatItHolds(String text, String address, int port, boolean holds) {
    assertThat(Range.parse(text).holds(InetAddress.ofLiteral(address), port)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost", "cloud.example:443", "10.0.0.0/33", "::/129", "127.1", "127.0.0.1:0",
        "127.0.0.1:70000", "127.0.0.1:10-5", "127.0.0.1:", "300.0.0.1", "[::1", "*", "10.0.0.0/-1",
        "1::2::3"
      })
  void whatIsNoRangeIsRefusedWithTheFormsThatAre(String text) {
    assertThatThrownBy(() -> Range.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/8, 127.0.0.1:5000");
  }
}
