package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A community node with an agent that outlives the broker and reaches it through a proxy of ours.
 * What stands there is read from the node's folder and the processes of this host, never from what
 * the agent says.
 */
final class NodePlace implements Place {
  private final Program.Launcher launcher;
  private final Path data;
  private final String kind;
  private final NodeFolder folder;
  private final Weather weather;
  private Optional<Program> agent = Optional.empty();
  private Optional<FaultProxy> between = Optional.empty();
  private Optional<URI> broker = Optional.empty();

  /**
   * @param kind of guests
   */
  NodePlace(Program.Launcher launcher, String kind, Weather weather) {
    this.launcher = launcher;
    this.data = launcher.folder().resolve("member");
    this.kind = kind;
    this.folder = new NodeFolder(data.resolve("node"));
    this.weather = weather;
  }

  private FaultProxy between() {
    return between.orElseThrow();
  }

  @Override
  public String name() {
    return "node, " + kind;
  }

  @Override
  public List<String> victims() {
    return List.of("broker", "agent");
  }

  @Override
  public List<Operation> operations() {
    return kind.equals("qemu")
        ? List.of(
            Operation.CREATE,
            Operation.STOP,
            Operation.CAPTURE,
            Operation.DELETE,
            Operation.VOLUME,
            Operation.ATTACH,
            Operation.DETACH,
            Operation.SNAPSHOT,
            Operation.DELETE_VOLUME)
        : List.of(Operation.CREATE, Operation.STOP, Operation.DELETE);
  }

  @Override
  public int room() {
    return 4;
  }

  @Override
  public void join(Api api) throws IOException {
    ObjectNode account = api.object().put("name", "nodes").put("connector", "community-node");
    account.putObject("settings");
    Api.Answer made = api.send(api.add("broker/1/accounts", account, "nodes")).orElseThrow();
    if (made.status() != 201) throw new IllegalStateException("no account: " + made);
    Api.Answer token = api.send(api.add("broker/1/joinTokens", api.object(), "join")).orElseThrow();
    between = Optional.of(new FaultProxy(List.of(api.server())));
    broker = Optional.of(URI.create(between().address(api.server().toString())));
    start(Map.of("MELTEMI_NODE_TOKEN", token.body().path("token").asText()));
  }

  @Override
  public void restart() throws IOException {
    start(Map.of());
  }

  private void start(Map<String, String> environment) throws IOException {
    agent =
        Optional.of(
            launcher.agent(
                environment,
                List.of(
                    "node",
                    "--broker",
                    broker.orElseThrow().toString(),
                    "--data",
                    data.toString(),
                    "--kinds",
                    kind,
                    "--ports",
                    "44000-44999",
                    "--grace-seconds",
                    "20")));
  }

  @Override
  public Program victim() {
    return agent.orElseThrow();
  }

  @Override
  public Duration hidden() {
    return Duration.ofSeconds(5);
  }

  @Override
  public boolean mayFail(Operation operation) {
    return operation.mayFail();
  }

  @Override
  public void before(Operation operation) {
    // the node's owner does nothing
  }

  @Override
  public void rough(boolean on) {
    between().weather(on ? weather : call -> new Mishap.None());
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(weather.toString());
  }

  @Override
  public List<Thing> machines() {
    return folder.machines();
  }

  @Override
  public List<Thing> volumes() {
    return folder.volumes();
  }

  @Override
  public List<String> images() {
    return folder.images();
  }

  @Override
  public void close() {
    agent.ifPresent(Program::close);
    between.ifPresent(FaultProxy::close);
  }
}
