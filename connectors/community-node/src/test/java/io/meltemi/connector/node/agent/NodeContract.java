package io.meltemi.connector.node.agent;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.node.NodeConnectorFactory;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of all connectors, tried on a node with one kind of guests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NodeContract extends ConnectorContract {
  private final String kind;
  private final String image;
  private io.meltemi.connector.node.agent.@org.jspecify.annotations.Nullable Rig node;

  NodeContract(String kind, String image) {
    this.kind = kind;
    this.image = image;
  }

  @BeforeAll
  void startNode() throws IOException {
    node = new Rig(Path.of("target", "node-contract-" + kind), kind);
  }

  @AfterAll
  void stopNode() {
    node().close();
  }

  private Rig node() {
    if (node == null) {
      throw new IllegalStateException("the node is not started");
    }
    return node;
  }

  @Override
  protected io.meltemi.connector.kit.Rig rig() {
    return new NodeRig(node(), kind, image);
  }

  /** One node for all behaviours. */
  private record NodeRig(Rig node, String kind, String image)
      implements io.meltemi.connector.kit.Rig {
    @Override
    public Connector open() {
      return node.connect();
    }

    @Override
    public Spot spot() {
      return new Spot(node.node(), Optional.empty(), image);
    }

    @Override
    public MachineOrder order(String name) {
      return Orders.plain(name, 1, 131_072);
    }

    @Override
    public VolumeOrder volume(String name) {
      return new VolumeOrder(name, 64_000, Optional.empty(), Terms.NONE);
    }

    @Override
    public Duration patience() {
      return Rig.BOOT;
    }

    @Override
    public Optional<Duration> hintedWithin() {
      return Optional.of(Duration.ofSeconds(2));
    }

    @Override
    public Optional<Opening> opening() {
      return Optional.of(new Opening(new NodeConnectorFactory(), Map.of()));
    }

    /** A process has no disks that could be counted. */
    @Override
    public Optional<ToLongFunction<Handle>> disksSeen() {
      return kind.equals("qemu") ? Optional.of(node::extraDisks) : Optional.empty();
    }

    /** A process has no card. */
    @Override
    public Optional<Function<Handle, List<String>>> networksSeen() {
      return kind.equals("qemu") ? Optional.of(node::networks) : Optional.empty();
    }

    @Override
    public Optional<Consumer<Handle>> stopsBehindOurBack() {
      return Optional.of(
          machine -> node.processes(machine).forEach(ProcessHandle::destroyForcibly));
    }

    @Override
    public Optional<Consumer<Handle>> removesBehindOurBack() {
      return Optional.of(node::removeFolder);
    }
  }
}
