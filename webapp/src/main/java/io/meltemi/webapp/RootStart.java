package io.meltemi.webapp;

import com.sun.security.auth.module.UnixSystem;
import io.meltemi.connector.NodePrograms;
import io.meltemi.webapp.root.Descent;
import io.meltemi.webapp.root.ServiceUser;
import io.meltemi.webapp.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A start by root: this process keeps root for the node's agent alone. It installs what the node
 * lacks, runs the broker as a user without rights, starts the agent when the broker has said how it
 * dials in, and ends with the broker.
 */
final class RootStart {
  /** Variable of the broker's process: where it leaves what the agent and the client need. */
  static final String KEPT = "MELTEMI_KEPT";

  /** Variable of the broker's process: the data folder as the operator knows it. */
  static final String DATA_SHOWN = "MELTEMI_DATA_SHOWN";

  private static final long DRAIN_SECONDS = 20;

  private final Settings settings;
  private final Surroundings around;
  private final PrintWriter out;
  private @Nullable ChildProcess agent;

  RootStart(Settings settings, Surroundings around, PrintWriter out) {
    this.settings = settings;
    this.around = around;
    this.out = out;
  }

  /** True when this process is root's and the broker shall not be. */
  static boolean wanted(Surroundings around) {
    return new UnixSystem().getUid() == 0 && !around.environment().containsKey(KEPT);
  }

  /**
   * Runs until the broker ends.
   *
   * @param flags of the command line, but for the data folder
   * @return the broker's exit code
   */
  int run(List<String> flags) throws InterruptedException {
    try {
      install();
      Path data = settings.data();
      prepare(data);
      Descent descent = Descent.to(around.home(), data);
      Process broker = start(descent, flags);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop"));
      awaitInvitation(broker, data);
      int code = broker.waitFor();
      close();
      return code;
    } catch (IOException e) {
      throw new StartException("The broker cannot leave root: " + e.getMessage() + ".", e);
    }
  }

  private void install() {
    if (!settings.node().embedded()) return;
    Optional<NodePrograms> programs =
        Connectors.load(around.connectors(), around.connectors(), List.of()).nodePrograms();
    programs
        .filter(found -> !found.missing().isEmpty())
        .ifPresent(found -> {
          if (settings.node().install() && found.possible()) {
            say("Installing for the node: " + String.join(" ", found.missing()));
            install(found);
          } else {
            say("For real kernels: " + found.advice());
          }
        });
  }

  private void install(NodePrograms programs) {
    try {
      programs.install();
    } catch (RuntimeException e) {
      say("That failed (" + e.getMessage() + "). By hand: " + programs.advice());
    }
  }

  private static void prepare(Path data) throws IOException {
    ServiceUser.make();
    Path node = data.resolve("node");
    Files.createDirectories(node);
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(invitation(data));
    ServiceUser.own(data, node);
  }

  private static Path invitation(Path data) {
    return data.resolve("keys").resolve(Kept.INVITATION);
  }

  private Process start(Descent descent, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>(descent.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-Dmeltemi.home=")) command.add(option);
    }
    command.add("-Dmeltemi.home=" + descent.home());
    command.add("-cp");
    command.add(
        System.getProperty("java.class.path")
            .replace(around.home().toString(), descent.home().toString()));
    command.add(Meltemi.class.getName());
    command.add("serve");
    command.addAll(flags);
    command.addAll(List.of("--data", descent.data().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(KEPT, descent.data().resolve("keys").toString());
    builder.environment().put(DATA_SHOWN, settings.data().toString());
    builder.directory(Path.of("/").toFile());
    return builder.start();
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
              around.classPath("community-node"),
              data,
              data.resolve("log"),
              invitation.url(),
              invitation.token().get());
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
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root"));
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
  }

  private void say(String words) {
    out.println(words);
    out.flush();
  }
}
