package io.meltemi.broker.store.kill;

import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is left after a kill.
 *
 * @param moves stored so far, over all kills
 * @param lost acknowledged moves which are not there
 * @param half balances which are not what the moves make them: a part of a change is missing
 * @param gaps events whose position does not follow the one before, and moves without event
 * @param sum of all balances
 */
record Audit(long moves, long lost, long half, long gaps, long sum) {

  boolean passed() {
    return lost == 0 && half == 0 && gaps == 0 && sum == Bank.BALANCES * Bank.EACH;
  }

  /**
   * @param acknowledged ids of all moves that were ever acknowledged
   */
  static Audit of(Store store, Set<String> acknowledged) {
    long[] expected = new long[Bank.BALANCES];
    java.util.Arrays.fill(expected, Bank.EACH);
    Set<String> missing = new HashSet<>(acknowledged);
    List<Row> moves = store.all("Move");
    for (Row move : moves) {
      missing.remove(move.id());
      expected[move.document().path("from").asInt()]--;
      expected[move.document().path("to").asInt()]++;
    }
    long sum = 0;
    long half = 0;
    for (int i = 0; i < Bank.BALANCES; i++) {
      long amount = store.read(Bank.TENANT, Bank.balance(i)).map(Bank::amount).orElse(0L);
      sum += amount;
      if (amount != expected[i]) half++;
    }
    return new Audit(moves.size(), missing.size(), half, gaps(store, moves), sum);
  }

  private static long gaps(Store store, List<Row> moves) {
    Set<String> untold = new HashSet<>(moves.stream().map(Row::id).toList());
    long gaps = 0;
    long position = 0;
    List<Event> some = store.events(Bank.TENANT, 0, 1000);
    while (!some.isEmpty()) {
      for (Event event : some) {
        if (event.position() != position + 1) gaps++;
        position = event.position();
        untold.remove(event.resource());
      }
      some = store.events(Bank.TENANT, position, 1000);
    }
    return gaps + untold.size();
  }
}
