package io.meltemi.bench;

import static io.meltemi.bench.Figures.milliseconds;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Calls as they arrived before a provider, but for the watch's standing question. */
final class Arrivals {
  private final List<Arrival> arrivals = new ArrayList<>();

  private record Arrival(long nanos, FaultProxy.Call call) {}

  /**
   * @param counts which calls are of interest
   */
  Arrivals(FaultProxy proxy, Predicate<FaultProxy.Call> counts) {
    proxy.weather(call -> {
      if (counts.test(call)) note(call);
      return new Mishap.None();
    });
  }

  private synchronized void note(FaultProxy.Call call) {
    arrivals.add(new Arrival(System.nanoTime(), call));
  }

  synchronized int count() {
    return arrivals.size();
  }

  /** Number of the first such call from that number on. */
  synchronized int first(int from, Predicate<FaultProxy.Call> which) {
    for (int i = from; i < arrivals.size(); i++) {
      if (which.test(arrivals.get(i).call())) return i;
    }
    throw new IllegalStateException("no such call arrived");
  }

  synchronized double millisecondsAfter(long start, int number) {
    return milliseconds(arrivals.get(number).nanos() - start);
  }

  /** Returns when nothing has come for a while. */
  void awaitQuiet() throws InterruptedException {
    int before = -1;
    while (before != count()) {
      before = count();
      TimeUnit.MILLISECONDS.sleep(400);
    }
  }
}
