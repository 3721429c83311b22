package io.meltemi.connector.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Terms;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedCloudServerTest {
  @TempDir Path folder;
  private Process process;
  private Connector connector;

  @BeforeEach
  void start() throws IOException {
    process = process();
    connector = open();
  }

  @AfterEach
  void stop() {
    connector.close();
    process.destroyForcibly();
  }

  @Test
  void theWorldOutlivesTheDeathOfItsProcess() throws Exception {
    Handle machine = connector.machines().create(order("one"), spot(), new Token("t-1"));
    NetworkOrder order = new NetworkOrder("net", Optional.of("10.3.0.0/24"), Terms.NONE);
    Handle network = connector.networks().create(order, spot().location(), new Token("n-1"));
    Handle address = connector.addresses().lend(machine, new Token("t-1"));
    process.destroyForcibly().waitFor();
    assertThatThrownBy(() -> connector.machines().read(machine))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRANSIENT));
    process = process();
    assertThat(connector.machines().find(new Token("t-1"))).containsExactly(machine);
    assertThat(connector.networks().find(new Token("n-1"))).containsExactly(network);
    assertThat(connector.networks().read(network).orElseThrow().subnets())
        .containsExactly("10.3.0.0/24");
    assertThat(backstage().everyNetwork()).hasSize(1);
    assertThat(connector.addresses().find(new Token("t-1"))).containsExactly(address);
    assertThat(backstage().everyAddress()).hasSize(1);
  }

  @Test
  void aProcessThatWasLeftBehindEndsWhenAnotherTakesItsPlace() throws Exception {
    Handle machine = connector.machines().create(order("four"), spot(), new Token("t-4"));
    Process left = process;
    process = process();
    assertThat(left.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(connector.machines().find(new Token("t-4"))).containsExactly(machine);
  }

  @Test
  void anAnswerLostOnTheSocketIsUnknownAndTheMachineIsFound() {
    backstage().plan(Mishap.loseAnswer("create"));
    assertThatThrownBy(() -> connector.machines().create(order("two"), spot(), new Token("t-2")))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNKNOWN));
    assertThat(connector.machines().find(new Token("t-2"))).hasSize(1);
  }

  @Test
  void whoRunsTheCloudSeesAndTurnsEverything() {
    Handle machine = connector.machines().create(order("three"), spot(), new Token("t-3"));
    backstage().turn(machine.value(), MachineState.ERROR, "host lost");
    assertThat(connector.machines().read(machine).orElseThrow().reason()).contains("host lost");
    assertThat(backstage().everything()).hasSize(1);
    assertThat(backstage().calls()).extracting(Backstage.Call::call).contains("create", "machine");
    backstage().vanish(machine.value());
    assertThat(connector.machines().read(machine)).isEmpty();
  }

  @Test
  void theOffersAreThoseOfTheFile() {
    assertThat(connector.discover().sizes()).isEqualTo(Demo.script("aurora").sizes());
    assertThat(connector.discover().images()).isEqualTo(Demo.script("aurora").images());
  }

  private Process process() throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedCloudServer.class.getName(),
                "demo:aurora",
                folder.resolve("state.json").toString(),
                address())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = started.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("listening on");
    }
    return started;
  }

  private String address() {
    return "unix:" + folder.resolve("cloud.socket");
  }

  private Backstage backstage() {
    return Caller.backstage(address(), Optional.empty());
  }

  private Connector open() {
    return new ScriptedConnectorFactory()
        .open(
            Map.of("address", address()),
            new ConnectorFactory.Context(
                "account-1", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  private static Spot spot() {
    return new Spot("aurora-se-1", Optional.of("a1"), "aurora-debian-12");
  }

  private static MachineOrder order(String name) {
    return new MachineOrder(
        name,
        1,
        1048576,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        "image-1",
        "debian-12",
        Optional.empty(),
        Optional.empty(),
        List.of(22),
        MachineState.STARTED,
        Terms.NONE);
  }
}
