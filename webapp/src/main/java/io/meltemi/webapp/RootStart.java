package io.meltemi.webapp;

import com.sun.security.auth.module.UnixSystem;
import io.meltemi.webapp.root.Descent;
import io.meltemi.webapp.root.ServiceUser;
import io.meltemi.webapp.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A start by root: this process keeps root for the node's agent alone. It installs what the node
 * lacks, runs the broker as a user without rights, starts the agent when the broker has said how it
 * dials in, and ends with the broker.
 */
final class RootStart {
  /** Variable of the broker's process: where it leaves what the agent and the client need. */
  static final String KEPT = "MELTEMI_KEPT";

  private static final long DRAIN_SECONDS = 20;

  private final Settings settings;
  private final Map<String, String> variables;
  private final boolean demo;
  private final Surroundings around;
  private final PrintWriter out;
  private Optional<Descent> descent = Optional.empty();
  private @Nullable ChildProcess agent;

  /**
   * @param variables that make the same settings in another process, wherever it starts
   */
  RootStart(
      Settings settings,
      Map<String, String> variables,
      boolean demo,
      Surroundings around,
      PrintWriter out) {
    this.settings = settings;
    this.variables = Map.copyOf(variables);
    this.demo = demo;
    this.around = around;
    this.out = out;
  }

  /** True when this process is root's and the broker shall not be. */
  static boolean wanted(Surroundings around) {
    return new UnixSystem().getUid() == 0 && !keeps(around);
  }

  /** True when such a process is above this one. */
  static boolean keeps(Surroundings around) {
    return around.environment().containsKey(KEPT);
  }

  /**
   * Runs until the broker ends.
   *
   * @return the broker's exit code
   */
  int run() throws InterruptedException {
    Logs.console(settings.log());
    try {
      check();
      new NodeNeeds(settings.node(), out).provide(around);
      Path data = settings.data();
      prepare(data);
      Path java = Path.of(System.getProperty("java.home"));
      descent = Optional.of(Descent.showing(List.of(around.home(), data, java)));
      List<String> prefix = descent.get().prefix();
      checkNamedFiles(prefix);
      Process broker = start(prefix);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop"));
      awaitInvitation(broker, data);
      return broker.waitFor();
    } catch (IOException e) {
      throw new StartException("The broker cannot leave root: " + e.getMessage() + ".", e);
    } finally {
      close();
    }
  }

  /** Refuses here what the broker would refuse, before anything in the folder changes hands. */
  private void check() throws IOException {
    boolean used = DataFolder.used(settings.data());
    try (DataFolder ignored = DataFolder.take(settings.data())) {
      DemoMark.check(settings, used, demo);
    }
  }

  private static void prepare(Path data) throws IOException {
    ServiceUser.make();
    Path node = data.resolve("node");
    Files.deleteIfExists(invitation(data));
    ServiceUser.own(data, node);
  }

  private static Path invitation(Path data) {
    return data.resolve("keys").resolve(Kept.INVITATION);
  }

  private Process start(List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Meltemi.class.getName(), "serve"));
    if (demo) command.add("--demo");
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(variables);
    builder.environment().put(KEPT, settings.data().resolve("keys").toString());
    builder.directory(Path.of("/").toFile());
    return builder.start();
  }

  /** The broker reads these as another user. */
  private void checkNamedFiles(List<String> prefix) {
    Stream.of(
            settings.masterKeyFile(),
            settings.http().certificate(),
            settings.http().key(),
            settings.store().passwordFile())
        .flatMap(Optional::stream)
        .filter(file -> Files.exists(file) && !ServiceUser.mayRead(file, prefix))
        .findFirst()
        .ifPresent(file -> {
          throw new StartException(
              "The broker runs as the user "
                  + ServiceUser.NAME
                  + ", who may not read "
                  + file
                  + "; put it into a folder that all may enter and chown it to that user.");
        });
  }

  /**
   * The broker says when it serves; then the agent starts and the client's profile is put there.
   */
  private void awaitInvitation(Process broker, Path data) throws IOException, InterruptedException {
    while (!Files.exists(invitation(data))) {
      if (broker.waitFor(100, TimeUnit.MILLISECONDS)) return;
    }
    Kept.Invitation invitation = Kept.read(invitation(data));
    Files.delete(invitation(data));
    if (invitation.token().isPresent()) {
      agent =
          NodeProcess.start(
              around.classPath("community-node"), data, invitation.url(), invitation.token().get());
    }
    moveProfile(data.resolve("keys").resolve("meltemi").resolve("profile.json"));
  }

  private void moveProfile(Path written) throws IOException {
    if (!Files.exists(written)) return;
    Path file =
        new Profile(
                around.userHome(), Optional.ofNullable(around.environment().get("XDG_CONFIG_HOME")))
            .file();
    Files.createDirectories(file.getParent());
    // The data may be on another disk, and somebody may read at any moment.
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.move(written, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.setAttribute(beside, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void stop(Process broker) {
    broker.destroy();
    try {
      if (!broker.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) broker.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private void close() {
    ChildProcess running = agent;
    if (running != null) running.close();
    descent.ifPresent(Descent::close);
  }
}
