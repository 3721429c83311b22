package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the connector does not say it can, it must refuse. */
interface UndeclaredBehaviours extends Behaviours {
  @Test
  default void everyUndeclaredActionIsRefusedAsUnsupportedAndChangesNothing() {
    Spot spot =
        spotLacking(
            Arrays.stream(MachineAction.values()).map(MachineAction::needs).distinct().toList());
    Handle machine = startedAt(spot);
    for (MachineAction action : MachineAction.values()) {
      if (!bench().abilities(spot).contains(action.needs())) {
        assertThat(Bench.fault(() -> bench().machines().act(machine, action)))
            .as(action.name())
            .isEqualTo(Fault.UNSUPPORTED);
        assertThat(bench().state(machine)).as(action.name()).contains(MachineState.STARTED);
      }
    }
  }

  @Test
  default void anUndeclaredCaptureIsRefusedAsUnsupportedAndLeavesNothing() {
    Handle machine = startedAt(spotLacking(List.of(Capability.CAPTURE)));
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().machines().capture(machine, "never", token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(bench().images().find(token)).isEmpty();
  }

  @Test
  default void anUndeclaredConsoleIsRefusedAsUnsupported() {
    Handle machine = startedAt(spotLacking(List.of(Capability.CONSOLE)));
    assertThat(Bench.fault(() -> bench().machines().console(machine))).isEqualTo(Fault.UNSUPPORTED);
  }

  @Test
  default void userDataThatCannotReachTheGuestAreRefusedAsUnsupported() {
    Spot spot = spotLacking(List.of(Capability.USER_DATA));
    MachineOrder order =
        Orders.with(bench().rig().order("untold"), Optional.of("aGk="), Optional.empty());
    assertRefused(order, spot);
  }

  @Test
  default void aLoginKeyThatCannotReachTheGuestIsRefusedAsUnsupported() {
    Spot spot = spotLacking(List.of(Capability.LOGIN_KEY));
    var login =
        new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.of("ssh-x A k"));
    assertRefused(
        Orders.with(bench().rig().order("unkeyed"), Optional.empty(), Optional.of(login)), spot);
  }

  @Test
  default void aMachineWithoutASizeIsRefusedWhereSizesAreFixed() {
    Spot spot = spotLacking(List.of(Capability.FREE_SIZE));
    assertRefused(
        bench().rig().order("unsized"), new Spot(spot.location(), Optional.empty(), spot.image()));
  }

  private void assertRefused(MachineOrder order, Spot spot) {
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().machines().create(order, spot, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  private Handle startedAt(Spot spot) {
    return bench()
        .started(bench().machines().create(bench().rig().order("weak"), spot, bench().token()));
  }

  private Spot spotLacking(List<Capability> abilities) {
    return Places.lacking(bench(), abilities);
  }

  /** A volume, or a handle of none where there are no volumes. */
  static Handle volumeIfAny(Bench bench) {
    boolean offered = bench.abilities(bench.rig().spot()).contains(Capability.VOLUME_CREATE);
    return offered ? bench.volumes().available("weak") : new Handle("no-volume");
  }

  /** A volume at a place without snapshots, or a handle of none where there are no volumes. */
  static Handle volumeWithoutSnapshots(Bench bench) {
    Optional<Spot> spot =
        Places.all(bench)
            .filter(each -> bench.abilities(each).contains(Capability.VOLUME_CREATE))
            .filter(each -> !bench.abilities(each).contains(Capability.VOLUME_SNAPSHOT))
            .findFirst();
    if (spot.isPresent()) {
      VolumeSpot there =
          new VolumeSpot(spot.get().location(), bench.rig().volumeSpot().type(), Optional.empty());
      return bench.volumes().available(bench.volumes().create("weak", there, bench.token()));
    }
    if (bench.abilities(bench.rig().spot()).contains(Capability.VOLUME_CREATE)) {
      throw NotTried.power("everything is supported");
    }
    return new Handle("no-volume");
  }
}
