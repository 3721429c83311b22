package io.meltemi.broker.node;

import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import java.util.function.Function;

/** Writes of nodes' rows: nodes speak often, and two of their requests may meet at one row. */
record NodeWrites(Store store) {
  private static final int TRIES = 20;

  <T> T write(Function<Transaction, T> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store.write(Store.EVERYBODY, change::apply);
      } catch (StaleException e) {
        if (attempt == TRIES) throw e;
      }
    }
  }
}
