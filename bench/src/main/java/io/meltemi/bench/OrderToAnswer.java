package io.meltemi.bench;

import static io.meltemi.bench.Figures.median;
import static io.meltemi.bench.Figures.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * From the order of a machine on the node of this host to the guest's first answer over HTTP, and
 * what broker and agent add: in the same rounds the same qemu command is started by hand on copies
 * of the same disks. Needs root and qemu, as the node does. Argument: rounds, 5 if absent.
 */
public final class OrderToAnswer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LiveBroker broker;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();

  private OrderToAnswer(LiveBroker broker) {
    this.broker = broker;
  }

  /** Seconds of the wall clock, but for the last two: seconds of CPU. */
  private record Round(
      double accepted, double started, double answered, double bare, double broker, double agent) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    try (LiveBroker broker = LiveBroker.start()) {
      OrderToAnswer bench = new OrderToAnswer(broker);
      bench.round(); // warm
      List<Round> all = new ArrayList<>();
      print("round  202 s  STARTED s  guest answers s  bare qemu s  CPU broker s  CPU agent s");
      for (int number = 1; number <= rounds; number++) {
        Round round = bench.round();
        all.add(round);
        bench.tell(String.valueOf(number), round);
      }
      bench.tell(
          "median",
          new Round(
              median(all.stream().map(Round::accepted).toList()),
              median(all.stream().map(Round::started).toList()),
              median(all.stream().map(Round::answered).toList()),
              median(all.stream().map(Round::bare).toList()),
              median(all.stream().map(Round::broker).toList()),
              median(all.stream().map(Round::agent).toList())));
      List<Double> added = all.stream().map(round -> round.answered() - round.bare()).toList();
      print("broker and agent add %.2f s (median of the differences)", median(added));
    }
  }

  private void tell(String name, Round round) {
    print(
        "%-6s  %5.3f  %9.2f  %15.2f  %11.2f  %12.2f  %11.2f",
        name,
        round.accepted(),
        round.started(),
        round.answered(),
        round.bare(),
        round.broker(),
        round.agent());
  }

  private Round round() throws IOException, InterruptedException {
    Duration brokerBefore = Processes.cpu(broker.process().pid());
    Duration agentBefore = Processes.cpu(broker.agent().pid());
    long start = System.nanoTime();
    String machine = broker.order();
    double accepted = since(start);
    JsonNode seen = broker.await(machine, OrderToAnswer::isStarted);
    double started = since(start);
    int port = port(seen);
    awaitAnswer(port, () -> true);
    double answered = since(start);
    double brokerCpu = seconds(Processes.cpu(broker.process().pid()).minus(brokerBefore));
    double agentCpu = seconds(Processes.cpu(broker.agent().pid()).minus(agentBefore));
    Bare bare = Bare.like(guest(port), port);
    broker.delete(machine);
    return new Round(accepted, started, answered, bare.run(this), brokerCpu, agentCpu);
  }

  private static boolean isStarted(JsonNode machine) {
    return machine.path("state").asText().equals("STARTED") && port(machine) > 0;
  }

  private static int port(JsonNode machine) {
    for (JsonNode endpoint : machine.path("endpoints")) {
      if (endpoint.path("guestPort").asInt() == 80) return endpoint.path("port").asInt();
    }
    return 0;
  }

  private void awaitAnswer(int port, BooleanSupplier alive) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/cgi-bin/info"))
            .timeout(Duration.ofSeconds(2))
            .build();
    while (System.nanoTime() < end && alive.getAsBoolean()) {
      try {
        if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IllegalStateException("no guest answers on port " + port);
  }

  private static ProcessHandle guest(int port) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").contains("qemu"))
        .filter(process -> String.join(" ", Processes.command(process.pid())).contains(":" + port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no qemu serves port " + port));
  }

  /** The same guest without us: command and copies of the files. */
  private record Bare(List<String> command, Path folder, int port) {
    /** Where the command has its sockets, below its working folder. */
    private static final String SOCKETS = "s";

    static Bare like(ProcessHandle guest, int port) throws IOException {
      Path from = Path.of("/proc/" + guest.pid() + "/cwd").toRealPath();
      Path folder = Files.createTempDirectory("bare");
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      Files.createDirectory(folder.resolve(SOCKETS));
      int own = port + 1000;
      List<String> command =
          Processes.command(guest.pid()).stream()
              .map(word -> word.replace(":" + port + "-", ":" + own + "-"))
              .toList();
      return new Bare(command, folder, own);
    }

    double run(OrderToAnswer bench) throws IOException, InterruptedException {
      long start = System.nanoTime();
      Process qemu =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(folder.resolve("out").toFile())
              .redirectErrorStream(true)
              .start();
      try {
        bench.awaitAnswer(port, qemu::isAlive);
        return since(start);
      } catch (IllegalStateException e) {
        throw new IOException(Files.readString(folder.resolve("out")), e);
      } finally {
        qemu.destroyForcibly().waitFor();
        Folders.remove(folder);
      }
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
