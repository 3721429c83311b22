package io.meltemi.connector.node.agent;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.node.MemoryNodeRecords;
import io.meltemi.connector.node.NodeConnectorFactory;
import io.meltemi.connector.node.NodeProtocol;
import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.Wire;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The protocol behind a real HTTP server, and an agent as a process of its own. */
final class Rig implements AutoCloseable {
  private static final Pattern CARD = Pattern.compile("-netdev user,[^ ]*net=([^, ]+)");

  static final Duration BOOT = Duration.ofSeconds(90);

  static final long MEMORY_KIBIBYTES = 131_072;

  /** How long a guest may take to end by itself. */
  static final Duration GRACE = Duration.ofSeconds(20);

  final MemoryNodeRecords records = new MemoryNodeRecords(Clock.systemUTC());
  final Connector connector = connect();
  final Path data;
  private final String kinds;
  private final NodeProtocol protocol =
      new NodeProtocol(records, Duration.ofSeconds(20), Duration.ofSeconds(90));
  private final HttpServer server;
  private final URI broker;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Handle> made = new ArrayList<>();
  Process agent;

  Rig(Path data, String kinds) throws IOException {
    this(data, kinds, broker -> broker);
  }

  /**
   * @param way where the agent reaches the broker that listens at this address
   */
  Rig(Path data, String kinds, UnaryOperator<URI> way) throws IOException {
    this.data = data;
    this.kinds = kinds;
    Files.createDirectories(data.resolve("node"));
    for (String old :
        List.of("identity.json", "counter", "partitions", "volumes", "failed-captures")) {
      DurableFile.remove(data.resolve("node").resolve(old));
    }
    records.invite("join");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
    broker = way.apply(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    agent = startAgent();
    await().atMost(Duration.ofMinutes(5)).until(() -> !connector.discover().places().isEmpty());
  }

  Connector connect() {
    return new NodeConnectorFactory()
        .open(
            Map.of(),
            new ConnectorFactory.Context(
                "account", Clock.systemUTC(), Outside.thisMachine(), Optional.of(records)));
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(Wire.MOST_BYTES + 1);
    Map<String, String> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> header.getValue().getFirst()));
    NodeProtocol.Answer answer =
        protocol.answer(
            exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body);
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  Process startAgent() throws IOException {
    String paths =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            paths,
            NodeAgent.class.getName(),
            "--broker",
            broker.toString(),
            "--data",
            data.toString(),
            "--token",
            "join",
            "--kinds",
            kinds,
            "--grace-seconds",
            Long.toString(GRACE.toSeconds()),
            "--end-with-parent")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("agent.out").toFile()))
        .start();
  }

  void killAgent() {
    agent.destroyForcibly().onExit().join();
  }

  String node() {
    return records.nodes().getFirst().id();
  }

  MachineOrder order(String name, String image, String userData, Optional<String> key) {
    return new MachineOrder(
        name,
        1,
        MEMORY_KIBIBYTES,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        image,
        image,
        Optional.of(Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8))),
        key.map(
            line -> new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.of(line))),
        List.of(22, 80),
        MachineState.STARTED,
        Terms.NONE);
  }

  Handle create(MachineOrder order) {
    Token token = new Token(UUID.randomUUID().toString());
    Spot spot = new Spot(node(), Optional.empty(), order.image());
    Handle handle = connector.machines().create(order, spot, token);
    made.add(handle);
    return handle;
  }

  Observation see(Handle machine) {
    return connector.machines().read(machine).orElseThrow();
  }

  void awaitState(Handle machine, MachineState state) {
    await()
        .atMost(BOOT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> see(machine).state() == state);
  }

  /** Where the guest's web server is reached. */
  int port(Handle machine) throws IOException {
    return see(machine).endpoints().stream()
        .filter(endpoint -> endpoint.guestPort() == 80)
        .findFirst()
        .orElseThrow(() -> new IOException("no endpoint"))
        .port();
  }

  String get(Handle machine, String path) throws IOException, InterruptedException {
    return get(port(machine), path);
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return response.body();
  }

  /** Waits until the guest serves the page, and returns it. */
  String awaitPage(Handle machine, String path) {
    return awaitPage(() -> get(machine, path));
  }

  String awaitPage(int port, String path) {
    return awaitPage(() -> get(port, path));
  }

  private static String awaitPage(Callable<String> page) {
    return await()
        .atMost(BOOT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(page, text -> !text.isEmpty());
  }

  /** Waits until the words are on the console, and returns all of it. */
  String awaitConsole(Handle machine, String words) {
    return await()
        .atMost(BOOT)
        .until(() -> connector.machines().console(machine), text -> text.contains(words));
  }

  /** The process is held to one CPU and the memory ordered, in the way that the node tells. */
  void assertLimits(Handle machine, ProcessHandle process) throws IOException {
    String report = records.nodes().getFirst().report().orElseThrow();
    String way = Wire.own().read(report, NodeReport.class).kinds().getFirst().limits();
    new Groups(String.valueOf(folder(machine).getFileName()), process.pid())
        .assertOneCpuAnd(MEMORY_KIBIBYTES, way);
  }

  Path folder(Handle machine) {
    String id = machine.value().substring(machine.value().indexOf('/') + 1);
    return data.resolve("node/partitions").resolve(id);
  }

  /** While its guest runs, which may just be making a file in it. */
  void removeFolder(Handle machine) {
    await()
        .ignoreException(HostException.class)
        .untilAsserted(() -> DurableFile.remove(folder(machine)));
  }

  /** What the disks hold beside the first, in kB; 0 when the machine is gone. */
  long extraDisks(Handle machine) {
    if (!Files.isDirectory(folder(machine))) return 0;
    try (Stream<Path> files = Files.list(folder(machine))) {
      return files
          .filter(file -> file.getFileName().toString().matches("disk[1-9][0-9]*[.]qcow2"))
          .mapToLong(Rig::virtualKilobytes)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the head of a qcow2 file tells the guest. */
  private static long virtualKilobytes(Path qcow2) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(qcow2))) {
      in.skipNBytes(24);
      return in.readLong() / 1000;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The discovered networks whose ranges the cards of the machine's guest are in. */
  List<String> networks(Handle machine) {
    String command = commandLine(guests(machine).getFirst());
    return CARD.matcher(command)
        .results()
        .flatMap(card ->
            connector.discover().networks().stream()
                .filter(network -> network.subnets().contains(card.group(1))))
        .map(Inventory.Network::id)
        .toList();
  }

  /** Processes of the machine under qemu. */
  List<ProcessHandle> guests(Handle machine) {
    String id = String.valueOf(folder(machine).getFileName());
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).startsWith("qemu-system"))
        .filter(process -> commandLine(process).contains(id))
        .toList();
  }

  /** The machine's process, whatever its kind. */
  List<ProcessHandle> processes(Handle machine) {
    try {
      String[] running = Files.readString(folder(machine).resolve("running")).split(" ");
      return ProcessHandle.of(Long.parseLong(running[3])).stream().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The machine's process at the moment at which it has got its first child. */
  ProcessHandle awaitFirstChild(Handle machine) {
    return await()
        .atMost(BOOT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(100_000))
        .until(
            () -> processes(machine).stream().filter(Rig::hasChild).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static boolean hasChild(ProcessHandle process) {
    try {
      Path children = Path.of("/proc/%1$d/task/%1$d/children".formatted(process.pid()));
      return !Files.readString(children).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** All that names the machine: its guard and its guest, also one that lost its guard. */
  Stream<ProcessHandle> naming(Handle machine) {
    String id = String.valueOf(folder(machine).getFileName());
    return ProcessHandle.allProcesses().filter(process -> commandLine(process).contains(id));
  }

  Stream<ProcessHandle> everyGuest() {
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains("guard.pl"))
        .filter(process -> commandLine(process).contains(data.toAbsolutePath().toString()));
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  void delete(Handle machine) {
    connector.machines().delete(machine);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> connector.machines().read(machine).isEmpty());
  }

  @Override
  public void close() {
    made.forEach(this::delete);
    await().atMost(Duration.ofSeconds(10)).until(() -> everyGuest().findAny().isEmpty());
    await().until(() -> made.stream().flatMap(this::naming).findAny().isEmpty());
    agent.destroy();
    agent.onExit().join();
    protocol.close();
    server.stop(0);
    connector.close();
    client.shutdownNow();
  }
}
