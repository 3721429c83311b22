package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.LostAnswers;
import io.meltemi.pivot.NetworkOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers about networks that never came. */
interface LostNetworkBehaviours extends Behaviours {
  private NetworkBench networks() {
    return bench().networks().needed();
  }

  private LostAnswers losing() {
    return bench().power(bench().rig().losesAnswers(), "lose answers");
  }

  private void assertUnknown(Runnable call) {
    assertThat(Bench.fault(call)).isEqualTo(Fault.UNKNOWN);
  }

  private Handle comes(Token token) {
    bench().await("the network", () -> networks().all().find(token).size() == 1);
    return networks().all().find(token).getFirst();
  }

  @Test
  default void aNetworkCreationWhoseAnswerWasLostIsUnknownAndIsFoundByItsToken() {
    NetworkBench networks = networks();
    losing().next(Call.CREATE_NETWORK, Duration.ZERO);
    Token token = bench().token();
    NetworkOrder order = NetworkBench.order("lost");
    assertUnknown(() -> networks.create(order, token));
    networks.finished(comes(token), order);
  }

  @Test
  default void aNetworkCreationCarriedOutAMinuteLaterIsFoundThen() {
    NetworkBench networks = networks();
    losing().next(Call.CREATE_NETWORK, Duration.ofSeconds(60));
    Token token = bench().token();
    NetworkOrder order = NetworkBench.order("late");
    assertUnknown(() -> networks.create(order, token));
    bench().passes(Duration.ofSeconds(40));
    networks.assertNone(token);
    bench().passes(Duration.ofSeconds(20));
    networks.finished(comes(token), order);
  }

  @Test
  default void aNetworkCreationThatGotLostIsUnknownAndLeavesNothing() {
    NetworkBench networks = networks();
    losing().never(Call.CREATE_NETWORK);
    Token token = bench().token();
    assertUnknown(() -> networks.create(NetworkBench.order("never"), token));
    networks.assertNone(token);
  }

  @Test
  default void aNetworkDeletionWhoseAnswerWasLostCanBeRepeated() {
    NetworkBench networks = networks();
    LostAnswers losing = losing();
    Handle network = networks.started("lost-deletion");
    losing.next(Call.DELETE_NETWORK, Duration.ZERO);
    assertUnknown(() -> networks.all().delete(network));
    networks.all().delete(network);
    networks.vanishes(network);
  }
}
