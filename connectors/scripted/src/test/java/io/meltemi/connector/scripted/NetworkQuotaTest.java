package io.meltemi.connector.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.Amount;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is beyond a cloud's quota of networks and ports, of which a stranger's machine has one. */
class NetworkQuotaTest {
  private final ScriptedCloud cloud =
      new ScriptedCloud(CloudScript.parse(Scripts.joiningAtMost(1, 3)), Clock.systemUTC());
  private final Cloud door = cloud.door(Optional.of("open-sesame"));

  private static Change network(String name) {
    return new Change.CreateNetwork(name, "north", Optional.empty(), Map.of());
  }

  private static Change machine(String... networks) {
    return new Change.Create(
        "web",
        "north",
        Optional.of("small"),
        Amount.NONE,
        "debian",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(networks));
  }

  private void isRefused(Change change, String reason) {
    assertThatThrownBy(() -> door.change(change))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(Fault.QUOTA);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @Test
  void oneNetworkTooManyIsRefused() {
    door.change(network("one"));
    isRefused(network("two"), "quota of networks is 1, all are used");
    assertThat(cloud.everyNetwork()).hasSize(1);
  }

  @Test
  void onePortTooManyIsRefusedWhetherItsNetworkIsNamedOrNot() {
    door.change(machine("net-1"));
    isRefused(machine("net-1", "net-2"), "quota of ports is 3");
    door.change(machine());
    isRefused(machine(), "quota of ports is 3");
    assertThat(cloud.everything()).hasSize(3);
  }
}
