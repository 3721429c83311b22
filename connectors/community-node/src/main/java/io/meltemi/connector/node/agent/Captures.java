package io.meltemi.connector.node.agent;

import io.meltemi.connector.Images;
import io.meltemi.connector.node.Reported;
import io.meltemi.connector.node.ReportedImage;
import io.meltemi.connector.node.WantedImage;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.Guest;
import io.meltemi.connector.node.host.GuestImage;
import io.meltemi.connector.node.host.Host;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Makes and removes captured images. One that an agent's end interrupted is made again; one that
 * failed stays failed until it is wanted away.
 */
final class Captures {
  private final Host host;
  private final Path failures;
  private final Consumer<Reported> outbox;
  private final Runnable changed;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Captures(Host host, Consumer<Reported> outbox, Runnable changed) {
    this.host = host;
    this.outbox = outbox;
    this.changed = changed;
    this.failures = host.node().resolve("failed-captures");
  }

  void apply(long number, WantedImage wanted, Optional<MachineWorker> machine) {
    if (underWay.add(wanted.id())) {
      threads.execute(() -> {
        try {
          outbox.accept(wanted.absent() ? remove(number, wanted) : make(number, wanted, machine));
        } catch (HostException e) {
          outbox.accept(failed(number, wanted, e.reason()));
        } finally {
          underWay.remove(wanted.id());
        }
      });
    }
  }

  private ReportedImage remove(long number, WantedImage wanted) {
    host.images().remove(wanted.id());
    DurableFile.remove(failure(wanted));
    changed.run();
    return new ReportedImage(wanted.id(), number, true, Images.State.FAILED, "", 0);
  }

  private ReportedImage make(long number, WantedImage wanted, Optional<MachineWorker> machine) {
    Optional<String> before = failedBefore(wanted);
    if (before.isPresent()) {
      return failed(number, wanted, before.get());
    }
    if (host.images().find(wanted.id()).isEmpty()) {
      try {
        capture(
            wanted,
            machine.orElseThrow(
                () -> new HostException("there is no machine " + wanted.machine())));
      } catch (HostException e) {
        keepFailure(wanted, e.reason());
        throw e;
      }
      changed.run();
    }
    long bytes = host.images().find(wanted.id()).map(GuestImage::diskBytes).orElse(0L);
    return new ReportedImage(
        wanted.id(), number, false, Images.State.READY, "", (bytes + 999) / 1000);
  }

  private void capture(WantedImage wanted, MachineWorker machine) {
    try {
      Path copy = machine.copyDisk().get();
      MachineRecord record = machine.current();
      WantedMachine source = record.wanted();
      new Guest(host, source.id(), record.slot()).capture(copy, source, wanted.id(), wanted.name());
    } catch (ExecutionException e) {
      throw new HostException("the disk could not be copied", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }

  private static ReportedImage failed(long number, WantedImage wanted, String reason) {
    return new ReportedImage(
        wanted.id(),
        number,
        false,
        Images.State.FAILED,
        reason.substring(0, Math.min(reason.length(), 900)),
        0);
  }

  private Path failure(WantedImage wanted) {
    return failures.resolve(wanted.id());
  }

  private Optional<String> failedBefore(WantedImage wanted) {
    try {
      return Files.exists(failure(wanted))
          ? Optional.of(Files.readString(failure(wanted)))
          : Optional.empty();
    } catch (IOException e) {
      throw new HostException("cannot read " + failure(wanted), e);
    }
  }

  private void keepFailure(WantedImage wanted, String reason) {
    try {
      Files.createDirectories(failures);
      DurableFile.write(failure(wanted), reason);
    } catch (IOException e) {
      throw new HostException("cannot make " + failures, e);
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
