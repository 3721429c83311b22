package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.connector.kit.Wrong;
import io.meltemi.connector.node.NodeProtocol;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every second exchange between agent and broker goes wrong: what is wanted comes about all the
 * same, and once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeFaultsIT {
  private final AtomicInteger exchanges = new AtomicInteger();
  private @Nullable FaultProxy between;
  private @Nullable Rig rig;

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "faults-node"), "process", this::throughProxy);
  }

  private URI throughProxy(URI broker) {
    between = new FaultProxy(List.of(broker));
    return URI.create(between.address(broker.toString()));
  }

  @AfterAll
  void close() {
    rig().close();
    between().close();
  }

  private Rig rig() {
    return Objects.requireNonNull(rig);
  }

  private FaultProxy between() {
    return Objects.requireNonNull(between);
  }

  @TestFactory
  Stream<DynamicTest> aMachinesLife() {
    return Arrays.stream(Wrong.values())
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> lives(wrong)));
  }

  private void lives(Wrong wrong) {
    exchanges.set(0);
    between().weather(call -> mishap(wrong, call));
    Handle machine =
        rig().create(rig().order(wrong.name(), "meltemi-process", "", Optional.empty()));
    becomes(machine, MachineState.STARTED, 1);
    rig().connector.machines().act(machine, MachineAction.FORCE_STOP);
    becomes(machine, MachineState.STOPPED, 0);
    rig().connector.machines().act(machine, MachineAction.START);
    becomes(machine, MachineState.STARTED, 1);
    rig().connector.machines().delete(machine);
    await().atMost(Rig.BOOT).until(() -> rig().connector.machines().read(machine).isEmpty());
    await().untilAsserted(() -> assertThat(rig().naming(machine)).isEmpty());
    assertThat(rig().folder(machine)).doesNotExist();
    assertThat(exchanges).hasValueGreaterThan(1);
    between().weather(call -> new Mishap.None());
  }

  /** An answer whose bytes come late is waited for as long as any may take, so it comes once. */
  private Mishap mishap(Wrong wrong, FaultProxy.Call call) {
    if (wrong == Wrong.LATE_BYTES) {
      boolean first = call.path().equals(NodeProtocol.SYNC) && exchanges.getAndIncrement() == 1;
      return first ? wrong.mishap() : new Mishap.None();
    }
    return exchanges.getAndIncrement() % 2 == 0 ? wrong.mishap() : new Mishap.None();
  }

  private void becomes(Handle machine, MachineState state, int guests) {
    rig().awaitState(machine, state);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(rig().everyGuest()).hasSize(guests));
  }
}
