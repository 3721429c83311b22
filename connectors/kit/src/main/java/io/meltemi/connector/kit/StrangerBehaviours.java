package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What in the account is not ours. */
interface StrangerBehaviours extends Behaviours {
  @Test
  default void aStrangersMachineIsReadWithoutTokenAndNeverListed() {
    Handle stranger = bench().power(bench().rig().stranger(), "have strangers").get();
    assertThat(bench().read(stranger).token()).isEmpty();
    assertThat(handles(bench().machines().list())).doesNotContain(stranger);
  }

  @Test
  default void aStrangersMachineSurvivesTheDeletionOfAllOurs() {
    Handle stranger = bench().power(bench().rig().stranger(), "have strangers").get();
    Handle ours = bench().started("ours");
    handles(bench().machines().list()).forEach(bench().machines()::delete);
    bench().vanishes(ours);
    assertThat(bench().machines().read(stranger)).isPresent();
  }

  @Test
  default void machinesOfAnotherBrokerAreNeitherListedNorFound() {
    bench().needsMachines(2);
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      Token token = bench().token();
      Handle theirs =
          other.machines().create(bench().rig().order("theirs"), bench().rig().spot(), token);
      try {
        assertThat(bench().machines().find(token)).isEmpty();
        assertThat(handles(bench().machines().list())).doesNotContain(theirs);
        assertThat(other.machines().find(token)).containsExactly(theirs);
      } finally {
        other.machines().delete(theirs);
      }
    }
  }

  @Test
  default void aStrangersMachineIsListedAsForeignJustAsItIsRead() {
    Handle stranger = bench().power(bench().rig().stranger(), "have strangers").get();
    bench().await("an end of its building", () -> bench().settled(stranger));
    bench().rig().remarks().ifPresent(hand -> hand.write(stranger, "cost-centre", "4711"));
    Observation read = bench().read(stranger);
    assertThat(bench().machines().foreign())
        .filteredOn(each -> each.handle().equals(stranger))
        .singleElement()
        .satisfies(listed -> {
          assertThat(listed.token()).isEmpty();
          assertThat(listed.name()).isEqualTo(read.name());
          assertThat(listed.state()).isEqualTo(read.state());
          assertThat(listed.shape()).isEqualTo(read.shape());
          assertThat(listed.attributes()).isEqualTo(read.attributes());
        });
  }

  @Test
  default void whatABrokerMadeIsNeverForeign() {
    Handle ours = bench().started("ours");
    assertThat(handles(bench().machines().foreign())).doesNotContain(ours);
    bench().needsMachines(2);
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      Token token = bench().token();
      Handle theirs =
          other.machines().create(bench().rig().order("theirs"), bench().rig().spot(), token);
      try {
        bench().await("an end of its building", () -> bench().settled(theirs));
        assertThat(handles(bench().machines().foreign())).doesNotContain(theirs);
        assertThat(handles(other.machines().foreign())).doesNotContain(ours);
      } finally {
        other.machines().delete(theirs);
      }
    }
  }

  @Test
  default void aStrangersMachineIsStoppedAndStartedAndStaysAStrangers() {
    Handle stranger = bench().power(bench().rig().stranger(), "have strangers").get();
    bench().needs(Capability.FORCE_STOP);
    bench().started(stranger);
    bench().act(stranger, MachineAction.FORCE_STOP);
    bench().act(stranger, MachineAction.START);
    assertThat(bench().read(stranger).token()).isEmpty();
    assertThat(handles(bench().machines().foreign())).contains(stranger);
  }

  private static List<Handle> handles(List<Observation> observations) {
    return observations.stream().map(Observation::handle).toList();
  }
}
