package io.meltemi.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Optional<String> NOON = Optional.of("Sat, 28 Nov 2026 12:00:00 GMT");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        " 30  | PT30S",
        "999999 | PT24H",
        "99999999999999999999999999 | PT24H",
        "Sat, 28 Nov 2026 12:01:30 GMT | PT1M30S",
        "Sat, 28 Nov 2026 11:00:00 GMT | PT0S",
        "Fri, 01 Jan 2100 00:00:00 GMT | PT24H"
      })
  void secondsAndDatesAreReadAndADayIsTheMost(String header, Duration pause) {
    assertThat(RetryAfter.of(Optional.of(header), NOON)).contains(pause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-3", "1.5", "Sat, 28 Nov", "2026-11-28T12:00:00Z"})
  void whatCannotBeReadAsksForNothing(String header) {
    assertThat(RetryAfter.of(Optional.of(header), NOON)).isEmpty();
  }

  @Test
  void aDateCountsFromTheDateOfTheAnswerAlone() {
    assertThat(RetryAfter.of(NOON, Optional.empty())).isEmpty();
    assertThat(RetryAfter.of(Optional.empty(), NOON)).isEmpty();
  }
}
