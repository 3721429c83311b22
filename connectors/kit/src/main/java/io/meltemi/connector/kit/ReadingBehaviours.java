package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Looking at machines. */
interface ReadingBehaviours extends Behaviours {
  @Test
  default void findingAnUnknownTokenIsEmpty() {
    bench().create("bystander");
    assertThat(bench().machines().find(bench().token())).isEmpty();
  }

  @Test
  default void twoFindsAreEqual() {
    Token token = bench().token();
    bench().create(bench().rig().order("found"), token);
    assertThat(bench().machines().find(token)).isEqualTo(bench().machines().find(token));
  }

  @Test
  default void findTakesTheWholeTokenAndNotItsBeginning() {
    Token token = bench().token();
    Token second = token.attempt(1);
    Handle machine = bench().create(bench().rig().order("attempt"), second);
    try {
      assertThat(bench().machines().find(token)).isEmpty();
      assertThat(bench().machines().find(second)).containsExactly(machine);
    } finally {
      bench().machines().delete(machine);
    }
  }

  @Test
  default void readingAnUnknownMachineIsEmpty() {
    Handle machine = bench().create("known");
    assertThat(bench().machines().read(Handles.unknownLike(machine))).isEmpty();
  }

  @Test
  default void theListHoldsEveryBearerOnce() {
    bench().needsMachines(2);
    Set<Handle> made = Set.of(bench().create("first"), bench().create("second"));
    assertThat(bench().machines().list().stream().map(Observation::handle))
        .doesNotHaveDuplicates()
        .containsAll(made);
    assertThat(bench().machines().list()).allMatch(machine -> machine.token().isPresent());
  }

  @Test
  default void readAndListAgree() {
    Handle machine = bench().started("agreed");
    Observation read = bench().read(machine);
    Observation listed =
        bench().machines().list().stream()
            .filter(observation -> observation.handle().equals(machine))
            .findFirst()
            .orElseThrow();
    assertThat(listed).usingRecursiveComparison().ignoringFields("observed").isEqualTo(read);
  }

  @Test
  default void addressesAreLiteralsAndEndpointsNamePortsOfTheOrder() {
    Handle machine = bench().started("reached");
    Observation seen = bench().read(machine);
    assertThat(seen.addresses()).allMatch(a -> a.ip().matches("[0-9.]+|[0-9a-fA-F:]+[0-9.]*"));
    assertThat(seen.addresses())
        .allMatch(a -> a.mac().isEmpty() || a.mac().get().matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
    Set<Integer> asked = Set.copyOf(bench().rig().order("any").guestPorts());
    assertThat(seen.endpoints()).allMatch(endpoint -> asked.contains(endpoint.guestPort()));
  }

  @Test
  default void everyPortOfAnOrderIsOpenedAndShown() {
    bench().needs(Capability.GUEST_PORTS);
    Handle machine = bench().started("opened");
    assertThat(bench().read(machine).endpoints())
        .extracting(Observation.Endpoint::guestPort)
        .containsExactlyInAnyOrderElementsOf(bench().rig().order("any").guestPorts());
  }

  @Test
  default void aMachineStoppedBehindOurBackIsSeenStopped() {
    var stopping = bench().power(bench().rig().stopsBehindOurBack(), "stop behind our back");
    Handle machine = bench().started("stopped-by-others");
    stopping.accept(machine);
    bench()
        .await(
            "the stop",
            () ->
                bench()
                    .state(machine)
                    .filter(s -> s == MachineState.STOPPED || s == MachineState.ERROR)
                    .isPresent());
  }

  @Test
  default void aMachineRemovedBehindOurBackIsEmpty() {
    var removing = bench().power(bench().rig().removesBehindOurBack(), "remove behind our back");
    Token token = bench().token();
    Handle machine = bench().started(bench().create(bench().rig().order("removed"), token));
    removing.accept(machine);
    bench().vanishes(machine);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  @Test
  default void aChangeIsHintedSoon() throws Exception {
    Duration soon = hintedWithin();
    Queue<Handle> told = new ConcurrentLinkedQueue<>();
    Handle machine = bench().started("watched");
    try (AutoCloseable watch = bench().connector().watch(told::add)) {
      assertThat(watch).isNotNull();
      Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
      told.clear();
      bench().machines().delete(machine);
      Awaitility.await().atMost(soon).until(() -> told.contains(machine));
    }
  }

  @Test
  default void aClosedWatchIsSilentAndTheConnectorGoesOn() throws Exception {
    Duration soon = hintedWithin();
    Queue<Handle> told = new ConcurrentLinkedQueue<>();
    bench().connector().watch(told::add).close();
    Handle machine = bench().create("unwatched");
    Awaitility.await().during(soon.dividedBy(4)).atMost(soon).until(() -> !told.contains(machine));
    assertThat(bench().state(machine)).isPresent();
  }

  private Duration hintedWithin() {
    return bench()
        .rig()
        .hintedWithin()
        .orElseThrow(() -> NotTried.unsupported("nothing tells of changes"));
  }

  /** Handles of machines which are not there. */
  final class Handles {
    private Handles() {}

    /** A handle of the same form that names nothing: its last digits are others. */
    static Handle unknownLike(Handle machine) {
      String value =
          machine
              .value()
              .chars()
              .mapToObj(c -> String.valueOf(Character.isDigit(c) ? '9' : (char) c))
              .collect(Collectors.joining());
      return new Handle(value);
    }
  }
}
