package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
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

  private static List<Handle> handles(List<Observation> observations) {
    return observations.stream().map(Observation::handle).toList();
  }
}
