package io.meltemi.bench;

import static io.meltemi.bench.Figures.median;
import static io.meltemi.bench.Figures.milliseconds;
import static io.meltemi.bench.Figures.percentile;
import static io.meltemi.bench.Figures.print;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What one account whose provider is sick costs those who use another: 99 of 100 of their reads,
 * and of their orders until the machine runs, take no longer than this. Twice with both providers
 * well (A and A') and once with one of them sick (B), in turn and in changing order; orders for
 * both come all the time. Arguments: a {@link Sickness}, HANGS if absent (those of a vCenter need
 * dev/vsphere/up); pairs, 10 if absent.
 */
public final class Isolation {
  private static final Duration PHASE = Duration.ofSeconds(4);

  /** So that a phase meets every look at the sick one: as a provider nearby has them. */
  private static final Map<String, Integer> LOOKED_AT_OFTEN =
      Map.of("watchMilliseconds", 1000, "discoverSeconds", 5, "callsPerSecond", 500);

  /** What it is that takes time. */
  private enum Figure {
    READ(4, 5),
    ORDER_TO_STARTED(2, 50),
    /** Until the answer: 202. */
    ORDER_FOR_THE_SICK(1, 500);

    private final int people;
    private final int pause;

    /**
     * @param people who do it at once
     * @param pause milliseconds until they do it again
     */
    Figure(int people, int pause) {
      this.people = people;
      this.pause = pause;
    }
  }

  private final LiveBroker broker;
  private final SickProvider provider;
  private final String well;
  private final String sick;
  private final String machine;

  private Isolation(
      LiveBroker broker, SickProvider provider, String well, String sick, String machine) {
    this.broker = broker;
    this.provider = provider;
    this.well = well;
    this.sick = sick;
    this.machine = machine;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Sickness how = Sickness.valueOf(args.length > 0 ? args[0] : "HANGS");
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    try (CloudProcess town = CloudProcess.start("town", Duration.ZERO);
        SickProvider village = how.provider();
        LiveBroker broker = LiveBroker.allowing(ports(town.provider(), village.provider()))) {
      broker.register("town", town.provider(), Map.of());
      String well = broker.image("town-linux");
      broker.register("village", village.provider(), LOOKED_AT_OFTEN);
      String sick =
          broker.images().values().stream()
              .filter(each -> !each.equals(well))
              .findFirst()
              .orElseThrow();
      String machine = broker.order("read", well);
      broker.awaitStarted(machine);
      new Isolation(broker, village, well, sick, machine).run(pairs);
    }
  }

  private static List<String> ports(Provider... providers) {
    return Stream.of(providers).flatMap(each -> each.ports().stream()).toList();
  }

  /** Milliseconds that 99 of 100 do not exceed. */
  private record Phase(Map<Figure, Double> p99) {
    double of(Figure figure) {
      return Optional.ofNullable(p99.get(figure)).orElseThrow();
    }
  }

  private record Pair(Phase a, Phase again, Phase sick) {}

  private void run(int pairs) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) phase(false); // compiled before it counts
    print(
        "p99, ms     read: A     A'      B   to STARTED: A     A'      B   sick's 202: A     A'    "
            + "  B");
    List<Pair> all = new ArrayList<>();
    for (int number = 0; number < pairs; number++) {
      Phase[] phases = new Phase[3];
      for (int i = 0; i < 3; i++) {
        int which = (number + i) % 3;
        phases[which] = phase(which == 2);
      }
      all.add(new Pair(phases[0], phases[1], phases[2]));
      tell("%4d".formatted(number + 1), all.getLast());
    }
    print("calls that met it: %s", provider.met());
    for (Figure figure : Figure.values()) judge(figure, all);
  }

  private static void tell(String name, Pair pair) {
    StringBuilder row = new StringBuilder(name).append("    ");
    for (Figure figure : Figure.values()) {
      row.append("        ");
      for (Phase phase : List.of(pair.a(), pair.again(), pair.sick())) {
        row.append(String.format(Locale.ROOT, " %6.1f", phase.of(figure)));
      }
    }
    print("%s", row);
  }

  private static void judge(Figure figure, List<Pair> pairs) {
    List<Double> same =
        pairs.stream().map(each -> each.again().of(figure) / each.a().of(figure)).toList();
    List<Double> sick =
        pairs.stream()
            .map(each ->
                2 * each.sick().of(figure) / (each.a().of(figure) + each.again().of(figure)))
            .toList();
    double least = percentile(same, 0);
    double most = percentile(same, 100);
    print(
        "%-19s A'/A %.2f (%.2f-%.2f)  B/A %.2f (%.2f-%.2f)  %d of %d within A'/A, %d above",
        figure.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        median(same),
        least,
        most,
        median(sick),
        percentile(sick, 0),
        percentile(sick, 100),
        sick.stream().filter(each -> each >= least && each <= most).count(),
        sick.size(),
        sick.stream().filter(each -> each > most).count());
  }

  private Phase phase(boolean isSick) throws IOException, InterruptedException {
    if (isSick) provider.fallSick();
    long end = System.nanoTime() + PHASE.toNanos();
    List<String> made = Collections.synchronizedList(new ArrayList<>());
    Map<Figure, List<Double>> times = new EnumMap<>(Figure.class);
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Figure figure : Figure.values()) {
        List<Double> own = Collections.synchronizedList(new ArrayList<>());
        times.put(figure, own);
        for (int i = 0; i < figure.people; i++) {
          done.add(people.submit(() -> again(end, own, figure.pause, () -> act(figure, made))));
        }
      }
    }
    if (isSick) provider.recover();
    for (Future<?> each : done) Crowd.ended(each);
    remove(made);
    Map<Figure, Double> p99 = new EnumMap<>(Figure.class);
    times.forEach((figure, all) -> p99.put(figure, percentile(all, 99)));
    return new Phase(p99);
  }

  private Object act(Figure figure, List<String> made) throws IOException, InterruptedException {
    if (figure == Figure.READ) return broker.get(machine);
    String ordered = broker.order("isolated", figure == Figure.ORDER_TO_STARTED ? well : sick);
    made.add(ordered);
    if (figure == Figure.ORDER_TO_STARTED) broker.awaitStarted(ordered);
    return ordered;
  }

  private static Object again(long end, List<Double> times, int pause, Callable<Object> action)
      throws Exception {
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      action.call();
      times.add(milliseconds(System.nanoTime() - start));
      TimeUnit.MILLISECONDS.sleep(pause);
    }
    return times;
  }

  /** What was left of a phase is no part of the next. */
  private void remove(List<String> machines) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Crowd.of(8).times(machines.size(), () -> broker.delete(machines.get(next.getAndIncrement())));
  }
}
