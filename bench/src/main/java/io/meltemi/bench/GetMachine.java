package io.meltemi.bench;

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
import java.util.Locale;

/**
 * GET of one machine against the same HTTP server answering the same bytes: CPU for one request and
 * requests a second, in interleaved rounds. Arguments: url of the machine, value of the
 * Authorization header, process id of the server, media type, rounds.
 */
public final class GetMachine {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 16;

  private GetMachine() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    URI url = URI.create(args[0]);
    String headers = "Authorization: " + args[1] + "\r\nAccept: " + args[3] + "\r\n";
    Load meltemi = new Load(url, headers, Long.parseLong(args[2]));
    Path body = Files.createTempFile("machine", ".body");
    Files.write(body, read(url, args[1], args[3]));
    int port = url.getPort() + 1;
    Process bare = startBare(port, body, args[3]);
    try {
      URI peer = URI.create("http://127.0.0.1:" + port + url.getRawPath());
      compare(meltemi, new Load(peer, headers, bare.pid()), Integer.parseInt(args[4]));
    } finally {
      bare.destroy();
      bare.waitFor();
      Files.delete(body);
    }
  }

  private static void compare(Load meltemi, Load bare, int rounds) throws InterruptedException {
    meltemi.run(CONNECTIONS, ROUND);
    bare.run(CONNECTIONS, ROUND);
    List<Double> cpu = new ArrayList<>();
    List<Double> rate = new ArrayList<>();
    print("round  meltemi us CPU  bare us CPU  meltemi req/s  bare req/s");
    for (int round = 1; round <= rounds; round++) {
      Load.Result ours = meltemi.run(CONNECTIONS, ROUND);
      Load.Result limit = bare.run(CONNECTIONS, ROUND);
      cpu.add(ours.cpuMicroseconds());
      rate.add(ours.perSecond() / limit.perSecond());
      print(
          "%5d  %14.1f  %11.1f  %13.0f  %10.0f",
          round,
          ours.cpuMicroseconds(),
          limit.cpuMicroseconds(),
          ours.perSecond(),
          limit.perSecond());
    }
    print("median: %.1f us CPU, %.2f of the bare rate", median(cpu), median(rate));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static byte[] read(URI url, String authorization, String type)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("Authorization", authorization)
              .header("Accept", type)
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " answered " + answer.statusCode());
      }
      return answer.body();
    }
  }

  private static Process startBare(int port, Path body, String type)
      throws IOException, InterruptedException {
    Process bare =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                String.valueOf(port),
                body.toString(),
                type)
            .inheritIO()
            .start();
    awaitPort(port);
    return bare;
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int tries = 0; tries < 100; tries++) {
      try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("nothing listens on port " + port);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
