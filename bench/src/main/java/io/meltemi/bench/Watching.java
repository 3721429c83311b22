package io.meltemi.bench;

import static io.meltemi.bench.Figures.print;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * What it costs the broker, and the provider in calls, to watch the machines of one account: none,
 * 10, 100, 1,000 and none again, while nobody asks and nothing changes. Arguments: vsphere
 * (dev/vsphere/up) or openstack (dev/openstack/up), absent for a scripted cloud in a process of its
 * own, whose calls are not counted; milliseconds between two looks, 1000 if absent; how many
 * machines instead of 10, 100 and 1,000.
 */
public final class Watching {
  /** A discovery and an end of the standing question for changes fall into each. */
  private static final Duration SPAN = Duration.ofMinutes(1);

  private static final int AT_ONCE = 16;

  private final LiveBroker broker;
  private final Started started;
  private final IntSupplier calls;
  private final String image;
  private final Queue<String> there = new ConcurrentLinkedQueue<>();

  private Watching(LiveBroker broker, Started started, IntSupplier calls, String image) {
    this.broker = broker;
    this.started = started;
    this.calls = calls;
    this.image = image;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = List.of(args);
    boolean named = !words.isEmpty() && Character.isLetter(words.getFirst().charAt(0));
    List<Integer> numbers = words.stream().skip(named ? 1 : 0).map(Integer::valueOf).toList();
    int pause = numbers.isEmpty() ? 1000 : numbers.getFirst();
    List<Integer> counts =
        numbers.size() > 1 ? numbers.subList(1, numbers.size()) : List.of(10, 100, 1000);
    if (named) {
      Provider provider = Provider.named(words.getFirst());
      try (FaultProxy proxy = provider.proxy()) {
        Arrivals arrivals = new Arrivals(proxy, call -> true);
        run(provider.through(proxy), proxy.ports(), arrivals::count, pause, counts);
      }
    } else {
      try (CloudProcess cloud = CloudProcess.start("paper", Duration.ZERO)) {
        run(cloud.provider(), List.of(cloud.address()), () -> 0, pause, counts);
      }
    }
  }

  private static void run(
      Provider provider, List<String> ports, IntSupplier calls, int pause, List<Integer> counts)
      throws IOException, InterruptedException {
    Map<String, Integer> limits =
        Map.of(
            "watchMilliseconds",
            pause,
            "discoverSeconds",
            (int) SPAN.toSeconds(),
            "callsPerSecond",
            10_000,
            "parallelCalls",
            AT_ONCE);
    try (LiveBroker broker = LiveBroker.allowing(ports);
        Started started = new Started(broker)) {
      broker.register("watched", provider, limits);
      String image = broker.images().values().iterator().next();
      new Watching(broker, started, calls, image).run(counts);
    }
  }

  private void run(List<Integer> counts) throws IOException, InterruptedException {
    print("machines  CPU, ms a second  heap in use, MiB  resident, MiB  calls a second");
    tell();
    for (int machines : counts) {
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
              String name = "watched-" + number.incrementAndGet();
              CompletableFuture<JsonNode> runs = started.expect(name);
              there.add(broker.order(name, image));
              Started.await(runs);
            });
  }

  private void tell() throws IOException, InterruptedException {
    long pid = broker.process().pid();
    TimeUnit.SECONDS.sleep(10); // what the orders left is done
    Processes.collectGarbage(pid);
    long heap = broker.heap();
    Duration before = Processes.cpu(pid);
    int asked = calls.getAsInt();
    TimeUnit.NANOSECONDS.sleep(SPAN.toNanos());
    double perSecond = (double) Processes.cpu(pid).minus(before).toMillis() / SPAN.toSeconds();
    print(
        "%8d  %16.1f  %16.1f  %13d  %14.2f",
        there.size(),
        perSecond,
        heap / 1048576.0,
        Processes.residentMebibytes(pid),
        (double) (calls.getAsInt() - asked) / SPAN.toSeconds());
  }
}
