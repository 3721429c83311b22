package io.meltemi.webapp.kill;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One call in so many goes wrong on its way there or back, none when that is 0. */
final class Weather implements Function<FaultProxy.Call, Mishap> {
  private static final int LONGEST_DELAY_MILLIS = 3000;

  private final Random random;
  private final int oneIn;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger mishaps = new AtomicInteger();

  Weather(Random random, int oneIn) {
    this.random = random;
    this.oneIn = oneIn;
  }

  @Override
  public Mishap apply(FaultProxy.Call call) {
    calls.incrementAndGet();
    if (oneIn == 0 || random.nextInt(oneIn) > 0) return new Mishap.None();
    mishaps.incrementAndGet();
    return switch (random.nextInt(5)) {
      case 0 -> new Mishap.Late(Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS)));
      case 1 -> new Mishap.Refused(503, Map.of("Retry-After", "1"), "");
      case 2 -> new Mishap.LostBefore();
      case 3 -> new Mishap.LostAfter(Duration.ZERO);
      default -> new Mishap.Truncated();
    };
  }

  @Override
  public String toString() {
    return "%d of %d calls went wrong on their way".formatted(mishaps.get(), calls.get());
  }
}
