package io.meltemi.broker.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HushTest {
  private static final Hush HUSH = new Hush(List.of("swordfish", "abc"));

  @Test
  void aSecretThatTheProviderRepeatsIsTakenOut() {
    assertThat(HUSH.clean("login swordfish refused")).isEqualTo("login *** refused");
  }

  @Test
  void shortTextsAreLeftForTheyStandAnywhere() {
    assertThat(HUSH.clean("an abc of errors")).isEqualTo("an abc of errors");
  }

  @Test
  void whatATerminalWouldObeyIsTakenOut() {
    assertThat(HUSH.clean("a\u001b[2Jb\u009bc\r\nd")).isEqualTo("a [2Jb c  d");
  }

  @Test
  void theSecretsOfAnOrderAreSecretToo() {
    String data = Base64.getEncoder().encodeToString("token=marlin".getBytes(UTF_8));
    Hush hush = HUSH.and(order("barracuda", data));
    assertThat(hush.clean("barracuda, " + data + " and token=marlin"))
        .isEqualTo("***, *** and ***");
  }

  @Test
  void aCauseThatTellsIsLeftOutAndAnotherIsKept() {
    Exception telling = new IllegalStateException("sent swordfish");
    Exception harmless = new IllegalStateException("sent nothing");
    assertThat(HUSH.clean(new ConnectorException(Fault.UNKNOWN, "lost", telling))).hasNoCause();
    assertThat(HUSH.clean(new ConnectorException(Fault.UNKNOWN, "lost", harmless)))
        .hasCause(harmless);
  }

  @Test
  void theGateLetsNoSecretOut() {
    Gate gate = new Gate("a1", AccountLimits.LOCAL, HUSH, Clock.systemUTC());
    assertThatThrownBy(() ->
            Errand.run(() ->
                gate.change(
                    "create",
                    order("barracuda", ""),
                    () -> {
                      throw new ConnectorException(Fault.BAD_REQUEST, "barracuda at swordfish");
                    })))
        .hasMessage("BAD_REQUEST: *** at ***");
  }

  private static MachineOrder order(String password, String userData) {
    return new MachineOrder(
        "m",
        1,
        1024,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        "machineImages/i",
        "i",
        Optional.of(userData).filter(text -> !text.isEmpty()),
        Optional.of(
            new MachineOrder.Login(Optional.empty(), Optional.of(password), Optional.empty())),
        List.of(),
        MachineState.STARTED,
        Terms.NONE);
  }
}
