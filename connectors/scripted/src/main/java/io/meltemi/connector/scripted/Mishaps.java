package io.meltemi.connector.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is still to go wrong, in order. Not safe for several threads. */
final class Mishaps {
  private final List<Left> waiting = new ArrayList<>();

  private static final class Left {
    final Mishap mishap;
    int skip;
    int times;

    Left(Mishap mishap) {
      this.mishap = mishap;
      skip = mishap.skip();
      int asked = mishap.times().orElse(1);
      times = asked == 0 ? Integer.MAX_VALUE : asked;
    }
  }

  void plan(Mishap mishap) {
    waiting.add(new Left(mishap));
  }

  void calm() {
    waiting.clear();
  }

  /** What the call meets; each call meets one at most. */
  Optional<Mishap.Effect> next(String call, boolean changes) {
    for (Left left : waiting) {
      if (!left.mishap.meets(call, changes)) {
        continue;
      }
      if (left.skip > 0) {
        left.skip--;
        continue;
      }
      left.times--;
      if (left.times == 0) {
        waiting.remove(left);
      }
      return Optional.of(left.mishap.effect());
    }
    return Optional.empty();
  }
}
