package io.meltemi.connector.node.host;

import io.meltemi.connector.node.Power;
import io.meltemi.connector.node.WantedMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Boots one guest the way that machines are booted, and throws it away. */
final class TrialBoot {
  private static final String SIGN = "MELTEMI-READY";
  private static final int SLOT = 0;
  private static final Launch ONLY = new Launch(1, List.of(), List.of(), false);

  private TrialBoot() {}

  /**
   * @return milliseconds until the guest was ready
   * @throws HostException telling why it was not
   */
  static long run(Host host, GuestKind kind, GuestImage image, Duration patience) {
    Box box = new Box(host.node().resolve("trial"), "trial", SLOT, host.users());
    host.guard().running(box.folder()).ifPresent(Guard.Running::kill);
    DurableFile.remove(box.folder());
    WantedMachine wanted =
        new WantedMachine(
            "trial",
            "trial",
            "trial",
            Power.RUNNING,
            1,
            false,
            image.folder(),
            1,
            Math.max(96 * 1024, image.leastMemoryKibibytes()),
            List.of(),
            "",
            List.of(),
            List.of());
    try {
      kind.prepare(box, wanted, image);
      List<Path> groups =
          host.cgroups().limit("trial", 1, wanted.memoryKibibytes() + kind.memoryCostKibibytes());
      long start = System.nanoTime();
      host.guard().launch(box.folder(), 1, groups, kind.command(box, wanted, image, ONLY));
      awaitSign(host.guard(), box, start + patience.toNanos());
      return (System.nanoTime() - start) / 1_000_000;
    } finally {
      end(host, box);
    }
  }

  private static void awaitSign(Guard guard, Box box, long deadline) {
    while (!box.console(64 * 1024).contains(SIGN)) {
      if (guard.running(box.folder()).isEmpty()) {
        throw new HostException("the trial guest ended: " + guard.log(box.folder()));
      }
      if (System.nanoTime() > deadline) {
        throw new HostException("the trial guest was not ready in time");
      }
      sleep(50);
    }
  }

  private static void end(Host host, Box box) {
    Optional<Guard.Running> running = host.guard().running(box.folder());
    running.ifPresent(Guard.Running::kill);
    for (int tries = 0; tries < 100 && running.isPresent() && running.get().guardAlive(); tries++) {
      sleep(50);
    }
    host.cgroups().remove("trial");
    DurableFile.remove(box.folder());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }
}
