package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a refusal is called. */
interface FaultBehaviours extends Behaviours {
  @Test
  @Alone
  default void anExhaustedQuotaIsQuotaAndLeavesNothing() {
    bench().power(bench().rig().exhaustsQuota(), "exhaust the quota").run();
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().create(bench().rig().order("surplus"), token)))
        .isEqualTo(Fault.QUOTA);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  @Test
  default void aFullPlaceIsCapacityWithTheProvidersWords() {
    ConnectorException failure = refused(Fault.CAPACITY, "no valid host was found");
    assertThat(failure.fault()).isEqualTo(Fault.CAPACITY);
    assertThat(failure.reason()).contains("no valid host was found");
  }

  @Test
  default void aProviderThatIsBusyIsTransientWithItsPauseAndDoesNothingLater() {
    var failures = bench().power(bench().rig().failures(), "refuse on request");
    Token token = bench().token();
    failures.next(
        Call.CREATE, Fault.TRANSIENT, "too many requests", Optional.of(Duration.ofSeconds(7)));
    ConnectorException failure =
        Bench.failure(() -> bench().create(bench().rig().order("busy"), token));
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    bench().rig().clock().ifPresent(clock -> clock.advance(Duration.ofMinutes(10)));
    assertThat(bench().machines().find(token)).isEmpty();
  }

  private ConnectorException refused(Fault fault, String words) {
    var failures = bench().power(bench().rig().failures(), "refuse on request");
    failures.next(Call.CREATE, fault, words, Optional.empty());
    return Bench.failure(() -> bench().create("refused"));
  }

  @Test
  default void anUnknownImageIsABadRequest() {
    Spot spot = bench().rig().spot();
    assertBadRequest(new Spot(spot.location(), spot.size(), "no-such-image"));
  }

  @Test
  default void anUnknownSizeIsABadRequest() {
    Spot spot = bench().rig().spot();
    assertBadRequest(new Spot(spot.location(), Optional.of("no-such-size"), spot.image()));
  }

  @Test
  default void anUnknownPlaceIsABadRequest() {
    Spot spot = bench().rig().spot();
    assertBadRequest(new Spot("no-such-place", spot.size(), spot.image()));
  }

  private void assertBadRequest(Spot spot) {
    Token token = bench().token();
    assertThat(
            Bench.fault(() -> bench().machines().create(bench().rig().order("wrong"), spot, token)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  @Test
  default void wrongCredentialsAreCredentialsOnEveryCall() {
    try (Connector wrong =
        bench().power(bench().rig().wrongCredentials(), "give wrong credentials").get()) {
      assertThat(Bench.fault(wrong::discover)).isEqualTo(Fault.CREDENTIALS);
      assertThat(Bench.fault(() -> wrong.machines().list())).isEqualTo(Fault.CREDENTIALS);
      Runnable creation =
          () ->
              wrong
                  .machines()
                  .create(bench().rig().order("wrong"), bench().rig().spot(), bench().token());
      assertThat(Bench.fault(creation)).isEqualTo(Fault.CREDENTIALS);
    }
  }

  @Test
  default void aProviderThatCannotBeReachedIsTransientAndNotUnknown() {
    try (Connector deaf =
        bench().power(bench().rig().unreachable(), "open an address where nobody listens").get()) {
      assertThat(Bench.fault(deaf::discover)).isEqualTo(Fault.TRANSIENT);
      Runnable creation =
          () ->
              deaf.machines()
                  .create(bench().rig().order("deaf"), bench().rig().spot(), bench().token());
      assertThat(Bench.fault(creation)).isEqualTo(Fault.TRANSIENT);
    }
  }
}
