package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineState;
import org.junit.jupiter.api.Test;

/** Making an end of machines. */
interface DeletionBehaviours extends Behaviours {
  @Test
  default void aDeletedMachineIsGoneFromEveryQuestion() {
    Token token = bench().token();
    Handle machine = bench().started(bench().create(bench().rig().order("gone"), token));
    bench().machines().delete(machine);
    bench().vanishes(machine);
    assertThat(bench().machines().find(token)).isEmpty();
    assertThat(bench().machines().list().stream().map(Observation::handle)).doesNotContain(machine);
  }

  @Test
  default void deletingTwiceSucceeds() {
    Handle machine = bench().started("twice");
    bench().machines().delete(machine);
    assertThatCode(() -> bench().machines().delete(machine)).doesNotThrowAnyException();
    bench().vanishes(machine);
    assertThatCode(() -> bench().machines().delete(machine)).doesNotThrowAnyException();
  }

  @Test
  default void deletingAnUnknownMachineSucceeds() {
    Handle machine = bench().create("there");
    Handle unknown = ReadingBehaviours.Handles.unknownLike(machine);
    assertThatCode(() -> bench().machines().delete(unknown)).doesNotThrowAnyException();
  }

  @Test
  default void deletingLeavesTheOthersAlone() {
    bench().needsMachines(2);
    Handle stays = bench().started("stays");
    Handle goes = bench().started("goes");
    bench().machines().delete(goes);
    bench().vanishes(goes);
    assertThat(bench().state(stays)).contains(MachineState.STARTED);
  }

  @Test
  default void aMachineThatIsStillBuildingCanBeDeleted() {
    Handle machine = bench().create("unborn");
    bench().machines().delete(machine);
    bench().vanishes(machine);
  }
}
