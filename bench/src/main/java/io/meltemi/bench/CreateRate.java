package io.meltemi.bench;

import static io.meltemi.bench.Figures.median;
import static io.meltemi.bench.Figures.print;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Machines created a second through the broker, and with the same calls of the same connector
 * without it, in turn, by 1, 8 and 64 who each order the next one when the last one runs. The
 * broker's stream of events tells when it does; without it each asks the provider every 20 ms, or
 * all of them together do where it is an OpenStack, whose nova-api breaks down under 64 who ask it
 * that often. What fails without it is counted. Arguments: vsphere (dev/vsphere/up), openstack
 * (dev/openstack/up) or milliseconds that a scripted cloud builds a machine, 0 if absent; rounds, 3
 * if absent; how many order at once, 1 8 64 if absent.
 */
public final class CreateRate {
  private static final int PAUSE_MILLISECONDS = 20;

  /** No limit of the account holds a call back. */
  private static final Map<String, Integer> WIDE =
      Map.of("callsPerSecond", 10_000, "parallelCalls", 64, "waitingCalls", 1024);

  private final LiveBroker broker;
  private final Started started;
  private final Direct direct;
  private final String image;
  private final boolean asksTogether;
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private CreateRate(
      LiveBroker broker, Started started, Direct direct, String image, boolean asksTogether) {
    this.broker = broker;
    this.started = started;
    this.direct = direct;
    this.image = image;
    this.asksTogether = asksTogether;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    String what = args.length > 0 ? args[0] : "0";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    List<Integer> crowds =
        args.length > 2
            ? Arrays.stream(args).skip(2).map(Integer::valueOf).toList()
            : List.of(1, 8, 64);
    if (Character.isLetter(what.charAt(0))) {
      run(Provider.named(what), rounds, crowds);
    } else {
      Duration creation = Duration.ofMillis(Long.parseLong(what));
      try (CloudProcess cloud = CloudProcess.start("paper", creation)) {
        run(cloud.provider(), rounds, crowds);
      }
    }
  }

  private static void run(Provider provider, int rounds, List<Integer> crowds)
      throws IOException, InterruptedException {
    try (CloudProcess quick = CloudProcess.start("quick", Duration.ZERO);
        LiveBroker broker = LiveBroker.allowing(quick.portsAnd(provider.ports()));
        Started started = new Started(broker);
        Direct direct = new Direct(provider.open("direct"))) {
      broker.register("rated", provider, WIDE);
      String image = broker.images().values().iterator().next();
      quick.warm(broker);
      new CreateRate(broker, started, direct, image, provider.asksTogether())
          .run(provider.warmings(), rounds, crowds);
    }
  }

  private void run(int warmings, int rounds, List<Integer> crowds)
      throws IOException, InterruptedException {
    int most = Collections.max(crowds);
    round(this::ordered, most, 10 * warmings); // both are compiled before it counts
    round(() -> created(most), most, 10 * warmings);
    failed.set(0);
    print("at once  broker/s  direct/s (failed)  ratio (min-max)  broker's CPU a machine, ms");
    for (int atOnce : crowds) {
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      List<Double> cpu = new ArrayList<>();
      int orders = 20 + 2 * atOnce;
      for (int i = 0; i < rounds; i++) {
        Duration before = Processes.cpu(broker.process().pid());
        ours.add(round(this::ordered, atOnce, orders));
        Duration after = Processes.cpu(broker.process().pid());
        theirs.add(round(() -> created(atOnce), atOnce, orders));
        ratios.add(ours.getLast() / theirs.getLast());
        cpu.add((double) after.minus(before).toMillis() / orders);
      }
      print(
          "%7d  %8.2f  %8.2f %8d  %5.2f (%.2f-%.2f)  %10.1f",
          atOnce,
          median(ours),
          median(theirs),
          failed.getAndSet(0),
          median(ratios),
          Figures.percentile(ratios, 0),
          Figures.percentile(ratios, 100),
          median(cpu));
    }
  }

  /** Makes a machine, returns when it runs, and tells how it is removed; empty when it failed. */
  private interface Maker {
    Optional<Crowd.Work> make() throws IOException, InterruptedException;
  }

  private Optional<Crowd.Work> ordered() throws IOException, InterruptedException {
    String name = "rated-" + number.incrementAndGet();
    CompletableFuture<JsonNode> runs = started.expect(name);
    String machine = broker.order(name, image);
    Started.await(runs);
    return Optional.of(() -> broker.delete(machine));
  }

  /** What fails is counted, and not tried again: what became of it would have to be looked for. */
  private Optional<Crowd.Work> created(int atOnce) throws InterruptedException {
    int pause = PAUSE_MILLISECONDS * (asksTogether ? atOnce : 1);
    try {
      Handle machine = direct.create("rated-" + number.incrementAndGet());
      while (!stands(machine, pause)) TimeUnit.MILLISECONDS.sleep(pause);
      return Optional.of(() -> direct.delete(machine));
    } catch (ConnectorException e) {
      failed.incrementAndGet();
      return Optional.empty();
    }
  }

  /** A look that is not answered says nothing. */
  private boolean stands(Handle machine, int pause) throws InterruptedException {
    try {
      direct.awaitStarted(machine, pause);
      return true;
    } catch (ConnectorException e) {
      if (e.fault() == Fault.TRANSIENT) return false;
      throw e;
    }
  }

  /** Machines a second that run; they are removed before this returns. */
  private static double round(Maker maker, int atOnce, int orders) throws InterruptedException {
    List<Crowd.Work> removals = new ArrayList<>();
    long start = System.nanoTime();
    Crowd.of(atOnce)
        .times(
            orders,
            () -> {
              Optional<Crowd.Work> removal = maker.make();
              synchronized (removals) {
                removal.ifPresent(removals::add);
              }
            });
    double rate = removals.size() / ((System.nanoTime() - start) / 1e9);
    AtomicInteger next = new AtomicInteger();
    Crowd.of(8).times(removals.size(), () -> removals.get(next.getAndIncrement()).once());
    return rate;
  }
}
