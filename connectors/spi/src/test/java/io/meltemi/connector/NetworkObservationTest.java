package io.meltemi.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.NetworkState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a network is when nobody works on it. */
class NetworkObservationTest {
  private static NetworkObservation seen(NetworkState state, String... subnets) {
    return new NetworkObservation(
        new Handle("n"),
        Optional.empty(),
        state,
        Optional.empty(),
        "blue",
        OptionalLong.empty(),
        List.of(subnets),
        Instant.EPOCH);
  }

  @Test
  void aNetworkWithoutARangeIsNotCreatingForEver() {
    NetworkObservation left = seen(NetworkState.CREATING).settled();
    assertThat(left.state()).isEqualTo(NetworkState.ERROR);
    assertThat(left.reason().orElse("")).contains("no range");
  }

  @Test
  void whyItIsNotFinishedIsToldInsteadWhereTheProviderTells() {
    NetworkObservation seen = seen(NetworkState.CREATING);
    NetworkObservation left =
        new NetworkObservation(
                seen.handle(),
                seen.token(),
                seen.state(),
                Optional.of("its VLAN is another's"),
                seen.name(),
                seen.mtu(),
                seen.subnets(),
                seen.observed())
            .settled();
    assertThat(left.state()).isEqualTo(NetworkState.ERROR);
    assertThat(left.reason()).contains("its VLAN is another's");
  }

  @Test
  void allOthersAreAsTheyAreShown() {
    for (NetworkState state : NetworkState.values()) {
      NetworkObservation shown = seen(state, "10.0.0.0/24");
      assertThat(shown.settled()).isEqualTo(shown);
    }
  }
}
