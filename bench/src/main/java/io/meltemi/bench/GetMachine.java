package io.meltemi.bench;

import static io.meltemi.bench.Figures.median;
import static io.meltemi.bench.Figures.print;

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

/**
 * GET of one machine by a user with name and password, in both versions and formats, against the
 * same HTTP server answering the same bytes: CPU for one request and requests a second, in
 * interleaved rounds. Argument: rounds, 5 if absent.
 */
public final class GetMachine {
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final Duration WARM = Duration.ofSeconds(15);
  private static final int CONNECTIONS = 16;

  private final LiveBroker broker;
  private final int rounds;

  private GetMachine(LiveBroker broker, int rounds) {
    this.broker = broker;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    try (LiveBroker broker = LiveBroker.start("--demo", "--no-node")) {
      String machine = broker.order();
      broker.awaitStarted(machine);
      warm(broker, machine);
      print("version  format  us CPU  bare us CPU  req/s  bare req/s  ratio of rates (min-max)");
      GetMachine bench = new GetMachine(broker, rounds);
      for (String face : List.of("2", "1")) {
        for (String format : List.of("json", "xml")) {
          bench.measure(face, format, machine.replace("/cimi/2/", "/cimi/" + face + "/"));
        }
      }
    }
  }

  /** What serves the first row is compiled with as much to go by as what serves the last. */
  private static void warm(LiveBroker broker, String machine) throws InterruptedException {
    for (String face : List.of("2", "1")) {
      for (String format : List.of("json", "xml")) {
        load(broker, format, machine.replace("/cimi/2/", "/cimi/" + face + "/"))
            .run(CONNECTIONS, WARM);
      }
    }
  }

  private static Load load(LiveBroker broker, String format, String url) {
    return new Load(URI.create(url), headers(broker, format), broker.process().pid());
  }

  private static String headers(LiveBroker broker, String format) {
    return "Authorization: "
        + broker.authorization()
        + "\r\nAccept: application/"
        + format
        + "\r\n";
  }

  private void measure(String face, String format, String url)
      throws IOException, InterruptedException {
    String type = "application/" + format;
    Path body = Files.createTempFile("machine", "." + format);
    Files.write(body, read(url, type));
    Load ours = load(broker, format, url);
    Process bare = BareServer.start(body, type);
    try {
      int port = Integer.parseInt(bare.inputReader().readLine());
      URI peer = URI.create("http://127.0.0.1:" + port + URI.create(url).getRawPath());
      compare(face, format, ours, new Load(peer, headers(broker, format), bare.pid()));
    } finally {
      bare.destroy();
      bare.waitFor();
      Files.delete(body);
    }
  }

  private void compare(String face, String format, Load ours, Load bare)
      throws InterruptedException {
    ours.run(CONNECTIONS, WARM); // both are compiled before it counts
    bare.run(CONNECTIONS, ROUND);
    List<Load.Result> mine = new ArrayList<>();
    List<Load.Result> limit = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      mine.add(ours.run(CONNECTIONS, ROUND));
      limit.add(bare.run(CONNECTIONS, ROUND));
      ratios.add(mine.getLast().perSecond() / limit.getLast().perSecond());
    }
    print(
        "%-7s  %-6s  %6.1f  %11.1f  %5.0f  %10.0f  %.2f (%.2f-%.2f)",
        face.equals("2") ? "2.0" : "1.x",
        format,
        median(mine.stream().map(Load.Result::cpuMicroseconds).toList()),
        median(limit.stream().map(Load.Result::cpuMicroseconds).toList()),
        median(mine.stream().map(Load.Result::perSecond).toList()),
        median(limit.stream().map(Load.Result::perSecond).toList()),
        median(ratios),
        ratios.stream().mapToDouble(ratio -> ratio).min().orElseThrow(),
        ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow());
  }

  private byte[] read(String url, String type) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", broker.authorization())
              .header("Accept", type)
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) throw new IOException(url + ": " + answer.statusCode());
      return answer.body();
    }
  }
}
