package io.meltemi.connector.node.agent;

/**
 * Real kernels, each boot of which costs seconds of a processor: few kills. The image is {@link
 * QemuNodeIT}'s.
 */
class QemuCrashNodeIT extends AgentKills {
  QemuCrashNodeIT() {
    super("node-it", "qemu", "meltemi", 2, 1);
  }
}
