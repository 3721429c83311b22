package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How QEMU runs a guest's processor. */
enum Accelerator {
  /** By the host's processor. */
  KVM("kvm", "host", 96 * 1024),
  /** In software: slow, and always there. */
  TCG("tcg", "qemu64", 192 * 1024);

  /** The program for this host's processor. */
  static final String PROGRAM = "qemu-system-x86_64";

  private final String argument;
  private final String processor;
  private final long memoryCostKibibytes;

  Accelerator(String argument, String processor, long memoryCostKibibytes) {
    this.argument = argument;
    this.processor = processor;
    this.memoryCostKibibytes = memoryCostKibibytes;
  }

  String argument() {
    return argument;
  }

  /** Memory of the program itself, code made by emulation included. */
  long memoryCostKibibytes() {
    return memoryCostKibibytes;
  }

  /** The group which a user must be in to reach the accelerator; -1: none. */
  int group() {
    if (this == TCG) {
      return -1;
    }
    try {
      return ((Number) Files.getAttribute(Path.of("/dev/kvm"), "unix:gid")).intValue();
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Start of every command: nothing by default, everything named, and the system calls filtered.
   */
  List<String> base() {
    return List.of(
        PROGRAM,
        "-nodefaults",
        "-no-user-config",
        "-display",
        "none",
        "-sandbox",
        QemuKind.SANDBOX,
        "-machine",
        "pc",
        "-accel",
        this == TCG ? "tcg,tb-size=64" : argument,
        "-cpu",
        processor);
  }

  /** Boots the kernel beside the guest's disks; a panic boots it again. */
  List<String> kernel() {
    String hints = this == TCG ? " no_timer_check" : "";
    return List.of(
        "-kernel",
        GuestImages.KERNEL,
        "-initrd",
        GuestImages.INITRD,
        "-append",
        "console=ttyS0 quiet panic=5 mitigations=off nokaslr random.trust_cpu=on" + hints);
  }
}
