package io.meltemi.connector.scripted;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Which machines changed, in order. Not safe for several threads. */
final class Newsroom {
  private static final int KEPT = 10_000;

  private final Deque<Item> items = new ArrayDeque<>();
  private long number;

  private record Item(long number, String machine) {}

  void changed(String machine) {
    items.addLast(new Item(++number, machine));
    if (items.size() > KEPT) {
      items.removeFirst();
    }
  }

  boolean nothingSince(long since) {
    return since == number;
  }

  /** To one who heard more than there is, or too long ago, everything is news. */
  Cloud.News since(long since, List<ScriptedMachine> all) {
    boolean whole = since > number || (!items.isEmpty() && since < items.getFirst().number() - 1);
    List<String> machines =
        whole
            ? all.stream().map(ScriptedMachine::id).toList()
            : items.stream()
                .filter(item -> item.number() > since)
                .map(Item::machine)
                .distinct()
                .toList();
    return new Cloud.News(number, machines);
  }
}
