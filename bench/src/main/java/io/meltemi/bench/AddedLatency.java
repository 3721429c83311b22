package io.meltemi.bench;

import static io.meltemi.bench.Figures.median;
import static io.meltemi.bench.Figures.milliseconds;
import static io.meltemi.bench.Figures.percentile;
import static io.meltemi.bench.Figures.print;

import io.meltemi.connector.Handle;
import io.meltemi.connector.kit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the broker adds to the calls of a provider: reading one machine, listing all, and from an
 * order to the provider's being asked for the machine; each in turn with the same connector used
 * without a broker. Both go through a proxy that tells when a call arrived. Arguments: vsphere
 * (dev/vsphere/up), the default, or openstack (dev/openstack/up); reads of each kind, 500 if
 * absent; creations, 30 if absent.
 */
public final class AddedLatency {
  private static final int MACHINES = 20;

  /** No look and no discovery comes between, and no limit holds a call back. */
  private static final Map<String, Integer> UNDISTURBED =
      Map.of("watchMilliseconds", 3_600_000, "discoverSeconds", 3600, "callsPerSecond", 10_000);

  private final LiveBroker broker;
  private final Direct direct;
  private final Arrivals arrivals;
  private final Provider provider;
  private final String image;

  private AddedLatency(
      LiveBroker broker, Direct direct, Arrivals arrivals, Provider provider, String image) {
    this.broker = broker;
    this.direct = direct;
    this.arrivals = arrivals;
    this.provider = provider;
    this.image = image;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Provider provider = Provider.named(args.length > 0 ? args[0] : "vsphere");
    int reads = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int creations = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    try (FaultProxy proxy = provider.proxy();
        CloudProcess quick = CloudProcess.start("quick", Duration.ZERO);
        LiveBroker broker = LiveBroker.allowing(quick.portsAnd(proxy.ports()))) {
      Arrivals arrivals = new Arrivals(proxy, call -> !provider.watches(call));
      Provider seen = provider.through(proxy);
      String account = broker.register("measured", seen, UNDISTURBED);
      String image = broker.images().values().iterator().next();
      quick.warm(broker);
      try (Direct direct = new Direct(seen.open(account.replaceAll(".*/", "")))) {
        new AddedLatency(broker, direct, arrivals, provider, image).run(reads, creations);
      }
    }
  }

  private void run(int reads, int creations) throws IOException, InterruptedException {
    for (int i = 0; i < provider.warmings(); i++) remove(started());
    List<String> machines = started();
    try {
      print("                                broker, ms     direct, ms   provider's calls  ");
      print("                              median    p95  median    p95     broker     direct");
      Handle handle = direct.list().getFirst().handle();
      String known = machines.getFirst();
      String all = known.substring(0, known.lastIndexOf('/'));
      compare("one machine", reads, () -> broker.get(known), () -> direct.read(handle));
      compare("list of " + MACHINES, reads, () -> broker.get(all), direct::list);
      create(creations);
    } finally {
      remove(machines);
    }
  }

  private List<String> started() throws IOException, InterruptedException {
    List<String> machines = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) machines.add(broker.order("known-" + i, image));
    for (String machine : machines) broker.awaitStarted(machine);
    return machines;
  }

  private void remove(List<String> machines) throws IOException, InterruptedException {
    for (String machine : machines) broker.delete(machine);
  }

  private interface Action {
    Object run() throws IOException, InterruptedException;
  }

  private void compare(String name, int times, Action ours, Action theirs)
      throws IOException, InterruptedException {
    Reading broker = new Reading(ours);
    Reading direct = new Reading(theirs);
    for (int i = 0; i < times / 2; i++) { // both are compiled before it counts
      ours.run();
      theirs.run();
    }
    arrivals.awaitQuiet();
    for (int i = 0; i < times; i++) {
      broker.once();
      direct.once();
    }
    row(name, broker.times, direct.times, "%9d  %9d".formatted(broker.calls, direct.calls));
  }

  /** How long it takes, and how often the provider is asked meanwhile. */
  private final class Reading {
    private final Action action;
    private final List<Double> times = new ArrayList<>();
    private int calls;

    Reading(Action action) {
      this.action = action;
    }

    void once() throws IOException, InterruptedException {
      int before = arrivals.count();
      long start = System.nanoTime();
      action.run();
      times.add(milliseconds(System.nanoTime() - start));
      calls += arrivals.count() - before;
    }
  }

  /** Milliseconds after the order: its first call, the call that creates, the answer. */
  private record Creation(double first, double creating, double answered) {}

  private void create(int times) throws IOException, InterruptedException {
    List<Creation> ours = new ArrayList<>();
    List<Creation> theirs = new ArrayList<>();
    for (int i = -times / 3; i < times; i++) { // the first ones warm
      Creation broker = ordered("ordered-" + i);
      Creation alone = created("direct-" + i);
      if (i < 0) continue;
      ours.add(broker);
      theirs.add(alone);
    }
    print(
        "%-28s  %6.2f  %5.2f",
        "order to its first call",
        median(all(ours, Creation::first)),
        percentile(all(ours, Creation::first), 95));
    row(
        "order to the creating call",
        all(ours, Creation::creating),
        all(theirs, Creation::creating),
        "");
    row("order to the answer", all(ours, Creation::answered), all(theirs, Creation::answered), "");
  }

  private Creation ordered(String name) throws IOException, InterruptedException {
    arrivals.awaitQuiet();
    broker.get(image); // a password that was not used for seconds is checked anew, which is slow
    int from = arrivals.count();
    long start = System.nanoTime();
    String machine = broker.order(name, image);
    double answered = milliseconds(System.nanoTime() - start);
    broker.awaitStarted(machine);
    broker.delete(machine);
    return creation(start, from, answered);
  }

  private Creation created(String name) throws InterruptedException {
    arrivals.awaitQuiet();
    int from = arrivals.count();
    long start = System.nanoTime();
    Handle machine = direct.create(name);
    double answered = milliseconds(System.nanoTime() - start);
    direct.awaitStarted(machine, 20);
    direct.delete(machine);
    return creation(start, from, answered);
  }

  private Creation creation(long start, int from, double answered) {
    return new Creation(
        arrivals.millisecondsAfter(start, from),
        arrivals.millisecondsAfter(start, arrivals.first(from, provider::creates)),
        answered);
  }

  private static List<Double> all(List<Creation> creations, Function<Creation, Double> figure) {
    return creations.stream().map(figure).toList();
  }

  private static void row(String name, List<Double> ours, List<Double> theirs, String calls) {
    print(
        "%-28s  %6.2f  %5.2f  %6.2f  %5.2f  %s",
        name, median(ours), percentile(ours, 95), median(theirs), percentile(theirs, 95), calls);
  }
}
