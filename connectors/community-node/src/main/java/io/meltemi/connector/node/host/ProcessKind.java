package io.meltemi.connector.node.host;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.pivot.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Machines that are confined processes: name spaces of their own for network, processes, names and
 * mounts, a user and a folder of their own. For hosts without virtual machines; serves port 80.
 */
final class ProcessKind implements GuestKind {
  private static final String ID = "meltemi-process";
  private static final int PORT = 80;
  private static final String SCRIPT = "process.pl";

  private static final String INSIDE = "inside.sh";

  private final Host host;
  private final NodeReport.Kind report;

  ProcessKind(Host host, long bootMillis) {
    this.host = host;
    this.report =
        new NodeReport.Kind(
            "process",
            "perl",
            true,
            "",
            bootMillis,
            limits(host),
            EnumSet.of(
                Capability.START,
                Capability.STOP,
                Capability.FORCE_STOP,
                Capability.RESTART,
                Capability.PAUSE,
                Capability.CONSOLE,
                Capability.USER_DATA,
                Capability.FREE_SIZE),
            "");
  }

  /** What holds CPU and memory: without control groups only memory is held, per process. */
  static String limits(Host host) {
    String groups = host.cgroups().describe();
    return groups.equals("none") ? "rlimits" : groups;
  }

  GuestImage image(GuestImages images) {
    String made = "perl 1";
    return images
        .find(ID)
        .filter(found -> found.made().equals(made))
        .orElseGet(() -> {
          GuestImage image = new GuestImage(ID, "Meltemi process", false, 1, 16 * 1024, made);
          images.publish(images.draft(ID), image);
          return image;
        });
  }

  @Override
  public NodeReport.Kind report() {
    return report;
  }

  @Override
  public long memoryCostKibibytes() {
    return 16 * 1024;
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public String mac(Box box) {
    return "";
  }

  @Override
  public boolean runs(GuestImage image) {
    return image.folder().equals(ID);
  }

  @Override
  public boolean made(Box box) {
    return Files.exists(box.file(SCRIPT));
  }

  @Override
  public List<Integer> ports(List<Integer> wanted) {
    return wanted.contains(PORT) ? List.of(PORT) : List.of();
  }

  @Override
  public void prepare(Box box, WantedMachine wanted, GuestImage image) {
    box.make();
    try {
      for (String script : List.of(SCRIPT, INSIDE)) {
        Files.write(box.file(script), source(script));
        box.show(script);
      }
      Files.createDirectories(box.file("root"));
      Path data = Files.createDirectories(box.file("data"));
      Files.write(data.resolve("user-data"), wanted.userData());
      box.give("data/user-data");
      box.giveFolder("data");
    } catch (IOException e) {
      throw new HostException("cannot prepare the process", e);
    }
  }

  private static byte[] source(String script) throws IOException {
    try (InputStream source = ProcessKind.class.getResourceAsStream(script)) {
      if (source == null) {
        throw new IOException(script + " is missing in the jar");
      }
      return source.readAllBytes();
    }
  }

  /**
   * The first part keeps the host's network for the socket; then the name spaces, then the user.
   */
  @Override
  public List<String> command(Box box, WantedMachine wanted, GuestImage image, Launch launch) {
    String where =
        launch.endpoints().stream().map(to -> to.host() + ":" + to.port()).findFirst().orElse("-");
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL", "perl", SCRIPT, "bind", where));
    command.addAll(List.of("unshare", "--mount", "--uts", "--ipc", "--net", "--pid", "--fork"));
    command.addAll(List.of("--kill-child", "--mount-proc"));
    if (!host.users().root()) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    String name = QemuKind.hostName(wanted.name(), wanted.id());
    command.addAll(List.of("sh", INSIDE, name));
    if (limits(host).equals("rlimits")) {
      command.addAll(List.of("prlimit", "--as=" + wanted.memoryKibibytes() * 1024, "--nproc=512"));
    }
    List<String> serve = List.of("perl", "/" + SCRIPT, "serve", name, wanted.id());
    command.addAll(host.users().confined(box.slot(), serve));
    return command;
  }

  @Override
  public Session attach(Box box, Guard.Running running) {
    if (!Processes.command(running.guest()).startsWith("unshare ")) {
      throw new HostException("the process is not confined yet");
    }
    return new ProcessSession(running);
  }
}
