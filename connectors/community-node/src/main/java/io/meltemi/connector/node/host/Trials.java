package io.meltemi.connector.node.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meltemi.connector.node.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out which kinds of guests work by booting one. A success is remembered until the host, its
 * programs or the image change; a failure is tried again at the next start.
 */
public final class Trials {
  private static final Duration KVM_PATIENCE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Set<String> allowed;
  private final JsonMapper mapper = JsonMapper.builder().build();

  /**
   * @param allowed names of kinds that the owner allows: {@code qemu}, {@code process}
   */
  public Trials(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** A kind to be tried. */
  record Candidate(String name, String how, String limits, Supplier<GuestKind> attempt) {
    NodeReport.Kind failed(String reason) {
      String words = reason.substring(0, Math.min(reason.length(), 500));
      return new NodeReport.Kind(name, how, false, words, 0, limits, Set.of(), "");
    }
  }

  /**
   * What was found to work.
   *
   * @param key changes when a trial must be made again
   */
  record Success(String key, long bootMillis) {}

  List<Candidate> candidates(Host host) {
    List<Candidate> candidates = new ArrayList<>();
    if (allowed.contains("qemu")) {
      for (Accelerator accelerator : Accelerator.values()) {
        String name = accelerator.argument();
        candidates.add(
            new Candidate("qemu", name, host.cgroups().describe(), () -> qemu(host, accelerator)));
      }
    }
    if (allowed.contains("process")) {
      candidates.add(
          new Candidate("process", "perl", ProcessKind.limits(host), () -> process(host)));
    }
    return candidates;
  }

  private GuestKind qemu(Host host, Accelerator accelerator) {
    QemuInstaller installer = new QemuInstaller();
    if (!installer.missing().isEmpty()) {
      throw new HostException("missing: " + installer.missing() + "; " + installer.advice());
    }
    if (accelerator == Accelerator.KVM && !Files.exists(Path.of("/dev/kvm"))) {
      throw new HostException("no /dev/kvm");
    }
    GuestImage image = OwnImage.provide(host.images());
    String limits = host.cgroups().describe();
    QemuKind kind = new QemuKind(accelerator, 0, limits, host.images());
    Duration patience = accelerator == Accelerator.KVM ? KVM_PATIENCE : PATIENCE;
    String key = String.join(" ", version(), image.made(), limits);
    long millis =
        millis(host, accelerator.argument(), key, () -> TrialBoot.run(host, kind, image, patience));
    return new QemuKind(accelerator, millis, limits, host.images());
  }

  private GuestKind process(Host host) {
    ProcessKind kind = new ProcessKind(host, 0);
    GuestImage image = kind.image(host.images());
    long millis =
        millis(host, "process", image.made(), () -> TrialBoot.run(host, kind, image, PATIENCE));
    return new ProcessKind(host, millis);
  }

  private static String version() {
    return Programs.run(Duration.ofSeconds(10), List.of(Accelerator.PROGRAM, "--version"))
        .lines()
        .findFirst()
        .orElse("");
  }

  private long millis(Host host, String name, String key, Supplier<Long> trial) {
    String whole = key + " " + System.getProperty("os.version") + " " + host.users().root();
    Path file = host.node().resolve("trial-" + name + ".json");
    try {
      Success before = mapper.readValue(Files.readString(file), Success.class);
      if (before.key().equals(whole)) {
        return before.bootMillis();
      }
    } catch (IOException e) {
      // nothing remembered, or not readable: try
    }
    long millis = trial.get();
    try {
      DurableFile.write(file, mapper.writeValueAsString(new Success(whole, millis)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return millis;
  }
}
