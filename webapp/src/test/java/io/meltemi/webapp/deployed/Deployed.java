package io.meltemi.webapp.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The deployable in a process of its own, with an empty folder and no node. */
public final class Deployed implements AutoCloseable {
  static final String PASSWORD = "correct-horse";

  private static final Path HOME = Path.of("target/meltemi").toAbsolutePath();

  private final Path folder;
  private final URI url;
  private final Process process;

  private Deployed(Path folder, URI url, Process process) {
    this.folder = folder;
    this.url = url;
    this.process = process;
  }

  /**
   * @param name of its log below target
   * @param allowed what may be called of this machine
   * @param options of its Java
   */
  public static Deployed start(String name, List<String> allowed, String... options) {
    try {
      Path folder = Files.createTempDirectory("meltemi");
      int port = freePort();
      Path log = Path.of("target", name + "-serve.log");
      ProcessBuilder builder = new ProcessBuilder(command(folder, port));
      builder.command().addAll(1, List.of(options));
      builder.environment().remove("XDG_CONFIG_HOME");
      builder.environment().put("MELTEMI_ADMIN_PASSWORD", PASSWORD);
      builder.environment().put("MELTEMI_OUTGOING_ALLOW", String.join(",", allowed));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      URI url = URI.create("http://127.0.0.1:" + port);
      Deployed deployed = new Deployed(folder, url, builder.start());
      deployed.awaitLife(log);
      return deployed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path folder, int port) {
    return meltemi(
        folder,
        "serve",
        "--no-node",
        "--port",
        String.valueOf(port),
        "--data",
        folder.resolve("data").toString());
  }

  private static List<String> meltemi(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-Dmeltemi.home=" + HOME,
                "-cp",
                HOME.resolve("lib/meltemi.jar").toString(),
                "io.meltemi.webapp.Meltemi"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** How a command ended, and all that it wrote. */
  public record Said(int status, String text) {}

  /** Runs a command of the user who started the broker. */
  public Said command(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(meltemi(folder, arguments));
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.redirectErrorStream(true);
    try {
      Process command = builder.start();
      command.getOutputStream().close();
      String text = new String(command.getInputStream().readAllBytes(), UTF_8);
      return new Said(command.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitLife(Path log) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest alive = HttpRequest.newBuilder(url.resolve("/health/live")).build();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .ignoreException(ConnectException.class)
          .failFast("it ended, see " + log, () -> !process.isAlive())
          .until(
              () -> client.send(alive, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try (Stream<Path> all = Files.walk(folder)) {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("serve did not end within a minute of its signal");
      }
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
