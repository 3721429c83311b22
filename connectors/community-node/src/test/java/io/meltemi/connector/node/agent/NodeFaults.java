package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.connector.kit.Wrong;
import io.meltemi.connector.node.NodeProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;

/** A node whose exchanges with the broker go wrong, every second one, in one way after another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NodeFaults {
  private final AtomicInteger exchanges = new AtomicInteger();
  private final String kind;
  private @Nullable FaultProxy between;
  private @Nullable Rig rig;

  /**
   * @param kind of the guests
   */
  NodeFaults(String kind) {
    this.kind = kind;
  }

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "faults-node-" + kind), kind, this::throughProxy);
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

  final Rig rig() {
    return Objects.requireNonNull(rig);
  }

  private FaultProxy between() {
    return Objects.requireNonNull(between);
  }

  /** The same in each weather; something must have been exchanged in it. */
  final Stream<DynamicTest> inEachWay(Consumer<Wrong> story) {
    return Arrays.stream(Wrong.values())
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> goesWrong(wrong, story)));
  }

  private void goesWrong(Wrong wrong, Consumer<Wrong> story) {
    exchanges.set(0);
    between().weather(call -> mishap(wrong, call));
    try {
      story.accept(wrong);
    } finally {
      between().weather(call -> new Mishap.None());
    }
    assertThat(exchanges).hasValueGreaterThan(1);
  }

  /** An answer whose bytes come late is waited for as long as any may take, so it comes once. */
  private Mishap mishap(Wrong wrong, FaultProxy.Call call) {
    if (wrong == Wrong.LATE_BYTES) {
      boolean first = call.path().equals(NodeProtocol.SYNC) && exchanges.getAndIncrement() == 1;
      return first ? wrong.mishap() : new Mishap.None();
    }
    return exchanges.getAndIncrement() % 2 == 0 ? wrong.mishap() : new Mishap.None();
  }
}
