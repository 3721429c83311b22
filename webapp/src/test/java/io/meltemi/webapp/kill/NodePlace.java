package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A community node with an agent that outlives the broker. What stands there is read from the
 * node's folder and the processes of this host, never from what the agent says.
 */
final class NodePlace implements Place {
  private final Program.Launcher launcher;
  private final Path data;
  private final String kind;
  private final ObjectMapper mapper = new ObjectMapper();
  private Optional<Program> agent = Optional.empty();
  private Optional<URI> broker = Optional.empty();

  /**
   * @param kind of guests
   */
  NodePlace(Program.Launcher launcher, String kind) {
    this.launcher = launcher;
    this.data = launcher.folder().resolve("member");
    this.kind = kind;
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
        ? List.of(Operation.CREATE, Operation.STOP, Operation.CAPTURE, Operation.DELETE)
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
    broker = Optional.of(api.server());
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
  public List<Thing> machines() {
    return folders("partitions").stream().flatMap(folder -> things(folder).stream()).toList();
  }

  /** A folder with a record is a machine; so is each guest, should there be more than one. */
  private List<Thing> things(Path folder) {
    Optional<JsonNode> record = document(folder.resolve("record.json"));
    long guests = guests(folder);
    if (record.isEmpty() && guests == 0) return List.of();
    String name =
        record.map(it -> it.path("wanted").path("name").asText()).orElse("nameless " + folder);
    Thing one = new Thing(name, folder.toString(), guests == 0 ? "STOPPED" : "STARTED");
    return Stream.generate(() -> one).limit(Math.max(1, guests)).toList();
  }

  /**
   * A guest is the child of a guard. Guards themselves are not counted: one that finds the folder
   * guarded ends without a guest, and the child is the guard's copy until it becomes the guest.
   */
  private static long guests(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> guards(process, folder))
        .flatMap(ProcessHandle::children)
        .count();
  }

  private static boolean guards(ProcessHandle process, Path folder) {
    try {
      String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return command.startsWith("perl\0") && command.contains(folder + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> images() {
    return folders("images").stream()
        .filter(folder -> String.valueOf(folder.getFileName()).startsWith("i-"))
        .flatMap(folder -> document(folder.resolve("image.json")).stream())
        .map(image -> image.path("name").asText())
        .toList();
  }

  private List<Path> folders(String inside) {
    Path folder = data.resolve("node").resolve(inside);
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<JsonNode> document(Path file) {
    try {
      return Optional.of(mapper.readTree(Files.readString(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    agent.ifPresent(Program::close);
  }
}
