package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.LostAnswers;
import io.meltemi.pivot.Capability;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers about volumes that never came. */
interface LostVolumeBehaviours extends Behaviours {
  private VolumeBench volumes() {
    return bench().volumes().needed();
  }

  private LostAnswers losing() {
    return bench().power(bench().rig().losesAnswers(), "lose answers");
  }

  private void assertUnknown(Runnable call) {
    assertThat(Bench.fault(call)).isEqualTo(Fault.UNKNOWN);
  }

  private void comes(Token token) {
    bench().await("the volume", () -> volumes().all().find(token).size() == 1);
  }

  @Test
  default void aVolumeCreationWhoseAnswerWasLostIsUnknownAndIsFoundByItsToken() {
    VolumeBench volumes = volumes();
    losing().next(Call.CREATE_VOLUME, Duration.ZERO);
    Token token = bench().token();
    assertUnknown(() -> volumes.create("lost", token));
    comes(token);
  }

  @Test
  default void aVolumeCreationCarriedOutAMinuteLaterIsFoundThen() {
    VolumeBench volumes = volumes();
    losing().next(Call.CREATE_VOLUME, Duration.ofSeconds(60));
    Token token = bench().token();
    assertUnknown(() -> volumes.create("late", token));
    bench().passes(Duration.ofSeconds(40));
    volumes.assertNone(token);
    bench().passes(Duration.ofSeconds(20));
    comes(token);
    volumes.available(volumes.all().find(token).getFirst());
  }

  @Test
  default void aVolumeCreationThatGotLostIsUnknownAndLeavesNothing() {
    VolumeBench volumes = volumes();
    losing().never(Call.CREATE_VOLUME);
    Token token = bench().token();
    assertUnknown(() -> volumes.create("never", token));
    volumes.assertNone(token);
  }

  @Test
  default void aVolumeDeletionWhoseAnswerWasLostCanBeRepeated() {
    VolumeBench volumes = volumes();
    LostAnswers losing = losing();
    Handle volume = volumes.available("lost-deletion");
    losing.next(Call.DELETE_VOLUME, Duration.ZERO);
    assertUnknown(() -> volumes.all().delete(volume));
    volumes.all().delete(volume);
    volumes.vanishes(volume);
  }

  @Test
  default void anAttachmentWhoseAnswerWasLostCanBeRepeated() {
    VolumeBench volumes = volumes().needed(Capability.VOLUME_ATTACH);
    LostAnswers losing = losing();
    Handle machine = bench().started("host");
    Handle volume = volumes.available("lost-attachment");
    losing.next(Call.ATTACH, Duration.ZERO);
    assertUnknown(() -> volumes.all().attach(volume, machine));
    volumes.all().attach(volume, machine);
    volumes.isAttached(volume, machine);
    assertThat(volumes.read(volume).attachments()).hasSize(1);
  }

  @Test
  default void aSnapshotWhoseAnswerWasLostIsFoundByItsToken() {
    VolumeBench volumes = volumes().needed(Capability.VOLUME_SNAPSHOT);
    LostAnswers losing = losing();
    Handle volume = volumes.available("model");
    losing.next(Call.SNAPSHOT, Duration.ZERO);
    Token token = bench().token();
    assertUnknown(() -> volumes.all().snapshot(volume, "lost", token));
    bench().await("the snapshot", () -> volumes.snapshots().find(token).size() == 1);
  }

  @Test
  default void aVolumeRefusedAsBusyIsTransientWithItsPauseAndNotMadeLater() {
    VolumeBench volumes = volumes();
    var failures = bench().power(bench().rig().failures(), "refuse on request");
    Token token = bench().token();
    failures.next(
        Call.CREATE_VOLUME,
        Fault.TRANSIENT,
        "too many requests",
        Optional.of(Duration.ofSeconds(7)));
    ConnectorException failure = Bench.failure(() -> volumes.create("busy", token));
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    bench().rig().clock().ifPresent(clock -> clock.advance(Duration.ofMinutes(10)));
    volumes.assertNone(token);
  }
}
