package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Making machines. */
interface CreationBehaviours extends Behaviours {
  @Test
  default void aCreatedMachineBearsItsTokenAndIsFound() {
    Token token = bench().token();
    Handle machine = bench().create(bench().rig().order("bears"), token);
    assertThat(bench().read(machine).token()).contains(token);
    assertThat(bench().machines().find(token)).containsExactly(machine);
  }

  @Test
  default void oneCreationMakesOneMachine() {
    int before = bench().machines().list().size();
    Token token = bench().token();
    bench().started(bench().create(bench().rig().order("single"), token));
    assertThat(bench().machines().find(token)).hasSize(1);
    assertThat(bench().machines().list()).hasSize(before + 1);
  }

  @Test
  default void aNewMachineEndsStartedOrStopped() {
    Handle machine = bench().create("ends");
    bench().await("an end of the building", () -> bench().settled(machine));
    assertThat(bench().state(machine).orElseThrow())
        .isIn(MachineState.STARTED, MachineState.STOPPED);
  }

  @Test
  default void theNameReachesTheProvider() {
    Handle machine = bench().create("named-by-the-order");
    assertThat(bench().read(machine).name()).isEqualTo("named-by-the-order");
  }

  @Test
  default void userDataReachTheGuestUnchanged() {
    bench().needs(Capability.USER_DATA);
    var seen = bench().power(bench().rig().userDataSeen(), "see user data");
    String text = "first line\nzweite Zeile: äöü €\n";
    Handle machine =
        bench().create(withUserData(bench().rig().order("told"), text), bench().token());
    bench().started(machine);
    bench().await("the user data in the guest", () -> seen.apply(machine).contains(text.strip()));
  }

  @Test
  default void theLoginKeyReachesTheGuest() {
    bench().needs(Capability.LOGIN_KEY);
    var seen = bench().power(bench().rig().keySeen(), "see login keys");
    String key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE5ldmVyVXNlZEtleU9mVGhlQ29ubmVjdG9yS2l0Oi0p kit";
    Handle machine = bench().create(withKey(bench().rig().order("keyed"), key), bench().token());
    bench().started(machine);
    bench().await("the key in the guest", () -> seen.apply(machine).contains(key));
  }

  @Test
  default void theMachineGetsTheShapeThatWasPromised() {
    Handle machine = bench().started("shaped");
    var shape = bench().read(machine).shape();
    if (shape.isEmpty()) {
      throw NotTried.unsupported("the provider tells no shape");
    }
    assertThat(shape).contains(Promises.shape(bench()));
  }

  @Test
  default void creationsAtTheSameTimeKeepTheirTokensApart() throws Exception {
    bench().needsMachines(3);
    List<Token> tokens = IntStream.range(0, 3).mapToObj(i -> bench().token()).toList();
    List<Callable<Handle>> creations =
        tokens.stream()
            .<Callable<Handle>>map(
                token -> () -> bench().create(bench().rig().order("together"), token))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Handle>> made = threads.invokeAll(creations);
      for (int i = 0; i < made.size(); i++) {
        assertThat(bench().machines().find(tokens.get(i))).containsExactly(made.get(i).get());
      }
    }
  }

  @Test
  @Alone
  default void aMachineThatFailsToBuildShowsErrorAndTheProvidersReason() {
    var failures = bench().power(bench().rig().failures(), "make builds fail");
    failures.endBadly("the host caught fire");
    Handle machine = bench().create("doomed");
    bench().reaches(machine, MachineState.ERROR);
    Observation failed = bench().read(machine);
    assertThat(failed.reason().orElse("")).contains("the host caught fire");
    assertThat(bench().machines().find(failed.token().orElseThrow())).containsExactly(machine);
  }

  private static MachineOrder withUserData(MachineOrder order, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Orders.with(
        order, Optional.of(Base64.getEncoder().encodeToString(bytes)), Optional.empty());
  }

  private static MachineOrder withKey(MachineOrder order, String key) {
    var login = new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.of(key));
    return Orders.with(order, Optional.empty(), Optional.of(login));
  }
}
