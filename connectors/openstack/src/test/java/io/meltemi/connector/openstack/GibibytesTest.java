package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GibibytesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1000000, 1",
    "1073741, 1",
    "1073742, 2",
    "10000000, 10",
    "10737418, 10",
    "10737419, 11",
    "9223372036854775807, 8589934592"
  })
  void aVolumeIsNeverSmallerThanOrdered(long kilobytes, long gibibytes) {
    assertThat(Gibibytes.holding(kilobytes)).isEqualTo(gibibytes);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1073741824, 1", "1073741825, 2", "9223372036854775807, 8589934592"})
  void aFlavorsDiskHoldsTheWholeImage(long bytes, long gibibytes) {
    assertThat(Gibibytes.ofBytes(bytes)).isEqualTo(gibibytes);
    assertThat(Gibibytes.inKilobytes(gibibytes)).isNotNegative();
  }

  /** What is shown of a volume, ordered again, makes one of the same size. */
  @ParameterizedTest
  @CsvSource({"1", "3", "7", "500", "16384"})
  void aShownSizeIsTheSameWhenItIsOrdered(long gibibytes) {
    assertThat(Gibibytes.holding(Gibibytes.inKilobytes(gibibytes))).isEqualTo(gibibytes);
  }
}
