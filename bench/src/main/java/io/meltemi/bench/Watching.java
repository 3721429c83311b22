package io.meltemi.bench;

import static io.meltemi.bench.Figures.print;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What it costs the broker to watch the machines of one account: none, 10, 100, 1,000 and none
 * again, at a scripted cloud in a process of its own, while nobody asks and nothing changes.
 * Argument: milliseconds between two looks, 1000 if absent.
 */
public final class Watching {
  private static final Duration SPAN = Duration.ofSeconds(15);
  private static final int AT_ONCE = 32;

  private final LiveBroker broker;
  private final String image;
  private final Queue<String> there = new ConcurrentLinkedQueue<>();

  private Watching(LiveBroker broker, String image) {
    this.broker = broker;
    this.image = image;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int pause = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    try (CloudProcess cloud = CloudProcess.start("paper", Duration.ZERO);
        LiveBroker broker = LiveBroker.allowing(List.of(cloud.address()))) {
      Map<String, Integer> limits = Map.of("watchMilliseconds", pause, "discoverSeconds", 60);
      broker.register("watched", cloud.provider(), limits);
      new Watching(broker, broker.image("paper-linux")).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    print("machines  CPU, ms a second  heap in use, MiB  resident, MiB");
    for (int machines : List.of(0, 10, 100, 1000)) {
      order(machines - there.size());
      tell();
    }
    Crowd.of(AT_ONCE).times(there.size(), () -> broker.delete(there.remove()));
    tell();
  }

  private void order(int machines) throws InterruptedException {
    AtomicInteger number = new AtomicInteger(there.size());
    Crowd.of(AT_ONCE)
        .times(
            machines,
            () -> {
              String machine = broker.order("watched-" + number.incrementAndGet(), image);
              broker.awaitStarted(machine);
              there.add(machine);
            });
  }

  private void tell() throws IOException, InterruptedException {
    long pid = broker.process().pid();
    TimeUnit.NANOSECONDS.sleep(SPAN.dividedBy(2).toNanos()); // what the orders left is done
    Processes.collectGarbage(pid);
    long heap = broker.heap();
    Duration before = Processes.cpu(pid);
    TimeUnit.NANOSECONDS.sleep(SPAN.toNanos());
    double perSecond = (double) Processes.cpu(pid).minus(before).toMillis() / SPAN.toSeconds();
    print(
        "%8d  %16.1f  %16.1f  %13d",
        there.size(), perSecond, heap / 1048576.0, Processes.residentMebibytes(pid));
  }
}
