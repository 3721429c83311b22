package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.LostAnswers;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers that never came. */
interface LostAnswerBehaviours extends Behaviours {
  private LostAnswers losing() {
    return bench().power(bench().rig().losesAnswers(), "lose answers");
  }

  @Test
  default void aCreationWhoseAnswerWasLostIsUnknownAndIsFoundByItsToken() {
    losing().next(Call.CREATE, Duration.ZERO);
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().create(bench().rig().order("lost"), token)))
        .isEqualTo(Fault.UNKNOWN);
    bench().await("the machine", () -> bench().machines().find(token).size() == 1);
  }

  @Test
  default void aCreationCarriedOutAMinuteLaterIsFoundThen() {
    LostAnswers losing = losing();
    losing.next(Call.CREATE, Duration.ofSeconds(60));
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().create(bench().rig().order("late"), token)))
        .isEqualTo(Fault.UNKNOWN);
    bench().passes(Duration.ofSeconds(20));
    assertThat(bench().machines().find(token)).isEmpty();
    bench().passes(Duration.ofSeconds(40));
    bench().await("the machine", () -> bench().machines().find(token).size() == 1);
    bench().started(bench().machines().find(token).getFirst());
  }

  @Test
  default void aCreationThatGotLostIsUnknownAndLeavesNothing() {
    losing().never(Call.CREATE);
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().create(bench().rig().order("never"), token)))
        .isEqualTo(Fault.UNKNOWN);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  @Test
  default void aDeletionWhoseAnswerWasLostCanBeRepeated() {
    LostAnswers losing = losing();
    Handle machine = bench().started("lost-deletion");
    losing.next(Call.DELETE, Duration.ZERO);
    assertThat(Bench.fault(() -> bench().machines().delete(machine))).isEqualTo(Fault.UNKNOWN);
    bench().machines().delete(machine);
    bench().vanishes(machine);
  }

  @Test
  default void anActionWhoseAnswerWasLostCanBeRepeated() {
    LostAnswers losing = losing();
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("lost-action");
    losing.next(Call.ACT, Duration.ZERO);
    assertThat(Bench.fault(() -> bench().machines().act(machine, MachineAction.FORCE_STOP)))
        .isEqualTo(Fault.UNKNOWN);
    bench().machines().act(machine, MachineAction.FORCE_STOP);
    bench().reaches(machine, MachineState.STOPPED);
  }

  @Test
  default void aCaptureWhoseAnswerWasLostIsFoundByItsToken() {
    LostAnswers losing = losing();
    bench().needs(Capability.CAPTURE);
    Handle machine = bench().started("lost-capture");
    losing.next(Call.CAPTURE, Duration.ZERO);
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().machines().capture(machine, "lost", token)))
        .isEqualTo(Fault.UNKNOWN);
    bench().await("the image", () -> bench().images().find(token).size() == 1);
  }

  @Test
  default void aQuestionWhoseAnswerWasLostIsTransient() {
    LostAnswers losing = losing();
    losing.next(Call.LIST, Duration.ZERO);
    assertThat(Bench.fault(() -> bench().machines().list())).isEqualTo(Fault.TRANSIENT);
    losing.next(Call.DISCOVER, Duration.ZERO);
    assertThat(Bench.fault(() -> bench().connector().discover())).isEqualTo(Fault.TRANSIENT);
  }
}
