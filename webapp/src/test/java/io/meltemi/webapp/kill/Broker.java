package io.meltemi.webapp.kill;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The broker, as often as it is started again over the same folder. */
final class Broker implements AutoCloseable {
  private static final Map<String, String> SECRET =
      Map.of("MELTEMI_ADMIN_PASSWORD", Api.PASSWORD, "MELTEMI_OUTGOING_ALLOW", "127.0.0.1");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Program.Launcher launcher;
  private final Switchboard switchboard;
  private final int port;
  private Program program;
  private Switchboard.Line line;
  private Api api;

  Broker(Program.Launcher launcher, Switchboard switchboard, int port)
      throws IOException, InterruptedException {
    this.launcher = launcher;
    this.switchboard = switchboard;
    this.port = port;
    this.api = new Api(port);
    rehearse();
    this.program = begin();
    this.line = answers();
  }

  private void rehearse() throws IOException {
    try (Program rehearsal = launcher.rehearsal(SECRET, arguments())) {
      awaitLive(rehearsal);
    }
  }

  private Program begin() throws IOException {
    return launcher.broker(SECRET, arguments());
  }

  private List<String> arguments() {
    return List.of(
        "serve",
        "--no-node",
        "--port",
        Integer.toString(port),
        "--data",
        launcher.folder().resolve("data").toString());
  }

  private Switchboard.Line answers() throws InterruptedException {
    Switchboard.Line dialled = switchboard.line("broker", PATIENCE);
    awaitLive(program);
    return dialled;
  }

  private void awaitLive(Program started) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> api.live() || !started.alive());
    if (!started.alive()) throw new IllegalStateException("the broker does not start");
  }

  /** Another process over the same folder; returns when it answers. */
  void restart() throws IOException, InterruptedException {
    api = new Api(port);
    program = begin();
    line = answers();
  }

  Api api() {
    return api;
  }

  Program program() {
    return program;
  }

  Switchboard.Line line() {
    return line;
  }

  @Override
  public void close() {
    program.close();
  }
}
