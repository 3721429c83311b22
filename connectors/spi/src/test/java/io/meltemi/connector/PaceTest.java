package io.meltemi.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final byte[] ANSWER = new byte[3 << 20];

  @Test
  void answersOfOneProviderShareItsPace() throws IOException {
    Pace pace = new Pace();
    long begin = System.nanoTime();
    for (int i = 0; i < 2; i++) {
      try (InputStream in = pace.over(new ByteArrayInputStream(ANSWER))) {
        assertThat(in.readAllBytes()).isEqualTo(ANSWER);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    long beyond = 2L * ANSWER.length - Pace.BURST;
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(beyond * 1000 / Pace.RATE));
  }
}
