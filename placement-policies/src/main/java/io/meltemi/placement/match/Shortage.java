package io.meltemi.placement.match;

import io.meltemi.pivot.Amount;
import java.util.ArrayList;
import java.util.List;

/** One dimension in which there is less than wanted. */
record Shortage(String wanted, String offered) {
  /** The dimensions in which {@code there} holds less than {@code wish}. */
  static List<Shortage> between(Amount wish, Amount there, String word) {
    List<Shortage> found = new ArrayList<>();
    add(found, wish.machines(), there.machines(), "machines", word);
    add(found, wish.cpu(), there.cpu(), "CPUs", word);
    add(found, wish.memoryKibibytes(), there.memoryKibibytes(), "KiB of memory", word);
    add(found, wish.diskKilobytes(), there.diskKilobytes(), "kB of disk", word);
    add(found, wish.volumes(), there.volumes(), "volumes", word);
    return found;
  }

  static void add(List<Shortage> found, long wish, long there, String unit, String word) {
    if (there < wish) {
      found.add(new Shortage(wish + " " + unit, there + " " + unit + word));
    }
  }
}
