package io.meltemi.webapp.kill;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the launcher {@code ./meltemi}, as a user starts it, with our agent on board. */
final class Program implements AutoCloseable {
  private static final int KILLED = 128 + 9;
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * What all programs of a campaign have in common.
   *
   * @param archive classes of the broker, made ready to be loaded: hundreds of starts are cheaper
   */
  record Launcher(Path root, Path folder, Path agent, Path socket, Path archive) {
    private static final String QUICK = "-XX:TieredStopAtLevel=1 ";
    private static final List<String> NOBODY =
        List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    /** Starts the broker once more, without us, to learn which classes it loads. */
    Program rehearsal(Map<String, String> environment, List<String> arguments) throws IOException {
      return start(
          command(arguments, true),
          "rehearsal",
          Map.of("MELTEMI_JAVA_OPTIONS", QUICK + "-XX:ArchiveClassesAtExit=" + archive),
          environment);
    }

    /**
     * The broker, as a user without rights where that is possible: one process less to start each
     * time.
     */
    Program broker(Map<String, String> environment, List<String> arguments) throws IOException {
      String options = QUICK + "-XX:SharedArchiveFile=" + archive + " " + us();
      return start(
          command(arguments, true), "broker", Map.of("MELTEMI_JAVA_OPTIONS", options), environment);
    }

    /** The node's agent, which another Java starts and passes nothing on to. */
    Program agent(Map<String, String> environment, List<String> arguments) throws IOException {
      return start(
          command(arguments, false),
          "agent",
          Map.of("JAVA_TOOL_OPTIONS", QUICK + us()),
          environment);
    }

    private String us() {
      return "-javaagent:" + agent + "=" + socket;
    }

    private List<String> command(List<String> arguments, boolean plain) throws IOException {
      List<String> command = new ArrayList<>();
      if (plain && isRoot() && isOpenToAll()) command.addAll(NOBODY);
      command.add(root.resolve("meltemi").toString());
      command.addAll(arguments);
      return command;
    }

    /** A checkout below root's own folder can be run by root alone; then the broker steps down. */
    private boolean isOpenToAll() throws IOException {
      for (Path each = root; each != null; each = each.getParent()) {
        if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    }

    static boolean isRoot() {
      return new UnixSystem().getUid() == 0;
    }

    private Program start(
        List<String> command,
        String log,
        Map<String, String> options,
        Map<String, String> environment)
        throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(folder.resolve(log + ".out").toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("MELTEMI_"));
      builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
      builder.environment().putAll(options);
      builder.environment().putAll(environment);
      return new Program(builder.start());
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits until it is gone; fails when it did not end by SIGKILL. */
  void awaitKilled() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process was killed and does not end");
    }
    if (process.exitValue() != KILLED) {
      throw new IllegalStateException("the process ended with " + process.exitValue());
    }
  }

  /** Asks it to end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
