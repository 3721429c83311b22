package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Identity.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedNameTest {
  private static final Identity OURS = new Identity("account-1");
  private static final Token TOKEN = new Token("v-0123-1");

  private static String written(String wanted, Token token) {
    return new MarkedName(wanted, token).written(OURS, Kind.VOLUME);
  }

  @Test
  void nameAndTokenAreReadBack() {
    assertThat(MarkedName.read(written("my data - 2", TOKEN), OURS, Kind.VOLUME))
        .contains(new MarkedName("my data - 2", TOKEN));
  }

  @Test
  void aDiskOfAnotherAccountIsNotOurs() {
    assertThat(MarkedName.read(written("data", TOKEN), new Identity("account-2"), Kind.VOLUME))
        .isEmpty();
  }

  @Test
  void aNameOfAnotherKindIsNotOfThisOne() {
    String network = new MarkedName("", TOKEN).written(OURS, Kind.NETWORK);
    assertThat(network).startsWith("network v-0123-1-");
    assertThat(MarkedName.read(network, OURS, Kind.NETWORK).map(MarkedName::token)).contains(TOKEN);
    assertThat(MarkedName.read(network, OURS, Kind.VOLUME)).isEmpty();
  }

  @Test
  void aLongNameIsCutAndTheTokenIsNot() {
    Token longest = new Token("t".repeat(64));
    String name = written("x".repeat(200), TOKEN);
    assertThat(name).hasSize(80);
    assertThat(MarkedName.read(name, OURS, Kind.VOLUME).map(MarkedName::token)).contains(TOKEN);
    assertThat(MarkedName.read(written("data", longest), OURS, Kind.VOLUME).map(MarkedName::token))
        .contains(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "data disk", "data v-1-0123456789ab", "- -", "a -b", "-"})
  void aNameThatPeopleGaveIsNotOurs(String name) {
    assertThat(MarkedName.read(name, OURS, Kind.VOLUME)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1000000, 954", "1048576, 1000", "1048577, 1001"})
  void aDiskIsNeverSmallerThanOrdered(long kilobytes, long mebibytes) {
    assertThat(VSphereVolumes.mebibytes(kilobytes)).isEqualTo(mebibytes);
  }
}
