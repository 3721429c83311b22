package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.LostAnswers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers about floating addresses that never came. */
interface LostAddressBehaviours extends Behaviours {
  private AddressBench addresses() {
    return bench().addresses().needed();
  }

  private LostAnswers losing() {
    return bench().power(bench().rig().losesAnswers(), "lose answers");
  }

  private void assertUnknown(Runnable call) {
    assertThat(Bench.fault(call)).isEqualTo(Fault.UNKNOWN);
  }

  private void comes(Handle machine, Token token) {
    AddressBench addresses = addresses();
    bench().await("the address", () -> addresses.all().find(token).size() == 1);
    Handle address = addresses.all().find(token).getFirst();
    addresses.awaitShown(machine, addresses.read(address).ip());
  }

  @Test
  default void anAddressWhoseAnswerWasLostIsUnknownAndIsFoundByItsToken() {
    AddressBench addresses = addresses();
    LostAnswers losing = losing();
    Handle machine = bench().started("lost");
    losing.next(Call.LEND_ADDRESS, Duration.ZERO);
    Token token = bench().token();
    assertUnknown(() -> addresses.all().lend(machine, token));
    comes(machine, token);
  }

  @Test
  default void anAddressLentAMinuteLaterIsFoundThen() {
    AddressBench addresses = addresses();
    LostAnswers losing = losing();
    Handle machine = bench().started("late");
    losing.next(Call.LEND_ADDRESS, Duration.ofSeconds(60));
    Token token = bench().token();
    assertUnknown(() -> addresses.all().lend(machine, token));
    bench().passes(Duration.ofSeconds(40));
    addresses.assertNone(token);
    bench().passes(Duration.ofSeconds(20));
    comes(machine, token);
  }

  @Test
  default void anAddressWhoseRequestGotLostIsUnknownAndLeavesNothing() {
    AddressBench addresses = addresses();
    LostAnswers losing = losing();
    Handle machine = bench().started("never");
    losing.never(Call.LEND_ADDRESS);
    Token token = bench().token();
    assertUnknown(() -> addresses.all().lend(machine, token));
    addresses.assertNone(token);
  }

  @Test
  default void anAddressReleaseWhoseAnswerWasLostCanBeRepeated() {
    AddressBench addresses = addresses();
    LostAnswers losing = losing();
    Handle address = addresses.lent("lost-release", bench().token());
    losing.next(Call.RELEASE_ADDRESS, Duration.ZERO);
    assertUnknown(() -> addresses.all().release(address));
    addresses.all().release(address);
    addresses.vanishes(address);
  }
}
