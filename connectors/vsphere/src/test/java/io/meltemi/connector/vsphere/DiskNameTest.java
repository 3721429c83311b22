package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskNameTest {
  private static final Identity OURS = new Identity("account-1");
  private static final Token TOKEN = new Token("v-0123-1");

  private static String written(String wanted, Token token) {
    return new DiskName(wanted, token).written(OURS.handle(Identity.Kind.VOLUME, token));
  }

  @Test
  void nameAndTokenAreReadBack() {
    assertThat(DiskName.read(written("my data - 2", TOKEN), OURS))
        .contains(new DiskName("my data - 2", TOKEN));
  }

  @Test
  void aDiskOfAnotherAccountIsNotOurs() {
    assertThat(DiskName.read(written("data", TOKEN), new Identity("account-2"))).isEmpty();
  }

  @Test
  void aLongNameIsCutAndTheTokenIsNot() {
    Token longest = new Token("t".repeat(64));
    String name = written("x".repeat(200), TOKEN);
    assertThat(name).hasSize(80);
    assertThat(DiskName.read(name, OURS).map(DiskName::token)).contains(TOKEN);
    assertThat(DiskName.read(written("data", longest), OURS).map(DiskName::token))
        .contains(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "data disk", "data v-1-0123456789ab", "- -", "a -b", "-"})
  void aNameThatPeopleGaveIsNotOurs(String name) {
    assertThat(DiskName.read(name, OURS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1000000, 954", "1048576, 1000", "1048577, 1001"})
  void aDiskIsNeverSmallerThanOrdered(long kilobytes, long mebibytes) {
    assertThat(VSphereVolumes.mebibytes(kilobytes)).isEqualTo(mebibytes);
  }
}
