package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of ours in a process of its own, started again with growing pauses when it ends by
 * itself.
 */
final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration GOOD = Duration.ofMinutes(1);

  private final String name;
  private final ProcessBuilder builder;
  private final Thread keeper;
  private volatile boolean closing;
  private volatile Process process;

  /**
   * What to run.
   *
   * @param log file that takes what it prints
   */
  record Program(
      String name,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  ChildProcess(Program program) throws IOException {
    this.name = program.name();
    this.builder = builder(program);
    this.process = builder.start();
    this.keeper = Thread.ofPlatform().daemon().name("keeper-" + name).start(this::keep);
  }

  private static ProcessBuilder builder(Program program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", program.classPath(), program.mainClass()));
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MELTEMI_"));
    builder.environment().putAll(program.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()));
    return builder;
  }

  private void keep() {
    Duration pause = Duration.ofSeconds(1);
    try {
      while (!closing) {
        long start = System.nanoTime();
        int code = process.waitFor();
        if (closing) return;
        boolean good = Duration.ofNanos(System.nanoTime() - start).compareTo(GOOD) > 0;
        pause = good ? Duration.ofSeconds(1) : pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
        LOG.warn("{} ended with {}; it is started again in {} s", name, code, pause.toSeconds());
        Thread.sleep(pause);
        again();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("{} cannot be started again", name, e);
    }
  }

  private synchronized void again() throws IOException {
    if (!closing) process = builder.start();
  }

  /** Asks it to end, and ends it after five seconds. */
  @Override
  public void close() {
    Process last = ended();
    last.destroy();
    try {
      if (!last.waitFor(5, TimeUnit.SECONDS)) last.destroyForcibly();
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    keeper.interrupt();
  }

  private synchronized Process ended() {
    closing = true;
    return process;
  }
}
