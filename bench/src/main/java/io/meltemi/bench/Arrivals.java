package io.meltemi.bench;

import static io.meltemi.bench.Figures.milliseconds;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Calls as they arrived before a vCenter, but for the watch's standing question. */
final class Arrivals {
  private final List<Call> calls = new ArrayList<>();

  private record Call(long nanos, String body) {}

  Arrivals(FaultProxy proxy) {
    proxy.weather(call -> {
      note(call.body());
      return new Mishap.None();
    });
  }

  private synchronized void note(String body) {
    if (!body.contains("<WaitForUpdatesEx ")) calls.add(new Call(System.nanoTime(), body));
  }

  synchronized int count() {
    return calls.size();
  }

  /** Number of the first call from that number on whose body is so. */
  synchronized int first(int from, Predicate<String> body) {
    for (int i = from; i < calls.size(); i++) {
      if (body.test(calls.get(i).body())) return i;
    }
    throw new IllegalStateException("no such call arrived");
  }

  synchronized String body(int number) {
    return calls.get(number).body();
  }

  synchronized double millisecondsAfter(long start, int number) {
    return milliseconds(calls.get(number).nanos() - start);
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
