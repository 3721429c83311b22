package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionTest {
  @ParameterizedTest
  @CsvSource({
    "6.5, false",
    "6.5.3, false",
    "6.7, true",
    "6.7.3, true",
    "6.10, true",
    "7.0.3.0, true",
    "8.0.1.0, true",
    "10.0, true",
    "'', false",
    "unset, false"
  })
  void snapshotsOfDisksCameWith67(String announced, boolean there) {
    assertThat(ApiVersion.of(announced).compareTo(ApiVersion.DISK_SNAPSHOTS) >= 0).isEqualTo(there);
  }

  @Test
  void aCallNamesTheLowestVersionThatHasItsMethod() {
    assertThat(ApiVersion.of(Element.of("CloneVM_Task")).action()).isEqualTo("urn:vim25/6.5");
    assertThat(ApiVersion.of(Element.of("DeleteSnapshot_Task")).action())
        .isEqualTo("urn:vim25/6.7");
  }
}
