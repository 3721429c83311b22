package io.meltemi.connector.node.host;

import io.meltemi.connector.NodePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that real kernels need, and their Debian packages. */
public final class QemuInstaller implements NodePrograms {
  private static final Duration LONG = Duration.ofMinutes(20);

  /** A package and the programs in it that are needed. */
  private record Package(String name, List<String> programs) {
    boolean present() {
      return programs.stream().allMatch(Programs::present);
    }
  }

  private static final List<Package> PACKAGES =
      List.of(
          new Package("qemu-system-x86", List.of(Accelerator.PROGRAM)),
          new Package("qemu-utils", List.of("qemu-img")),
          new Package("genisoimage", List.of("genisoimage")),
          new Package("busybox-static", List.of("busybox")),
          new Package("dropbear-bin", List.of("dropbear", "dropbearkey")),
          new Package("cpio", List.of("cpio")),
          new Package("kmod", List.of("modinfo")));

  /** All of them, installed or not. */
  static List<String> packages() {
    return PACKAGES.stream().map(Package::name).toList();
  }

  /** Packages that must be installed; empty when real kernels can be run. */
  @Override
  public List<String> missing() {
    return PACKAGES.stream().filter(found -> !found.present()).map(Package::name).toList();
  }

  /** True on Debian and its kin when run by root. */
  @Override
  public boolean possible() {
    return Files.exists(Path.of("/etc/debian_version"))
        && Programs.present("apt-get")
        && Users.of(Path.of("/")).root();
  }

  /** The one line that gives real kernels. */
  @Override
  public String advice() {
    return "apt-get update && apt-get install -y --no-install-recommends "
        + String.join(" ", missing());
  }

  /**
   * Installs what is missing; does nothing when nothing is.
   *
   * @throws HostException with the installer's words
   */
  @Override
  public void install() {
    List<String> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    Map<String, String> quiet = Map.of("DEBIAN_FRONTEND", "noninteractive");
    Programs.run(LONG, quiet, List.of("apt-get", "-q", "update"));
    Programs.run(
        LONG,
        quiet,
        Stream.concat(
                Stream.of("apt-get", "-q", "install", "-y", "--no-install-recommends"),
                missing.stream())
            .toList());
  }
}
