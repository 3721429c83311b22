package io.meltemi.broker.store;

/** Does now what a store does every few minutes by itself. */
public final class Prune {
  private Prune() {}

  /** Removes what is kept no longer. */
  public static void now(Store store) {
    ((JdbcStore) store).prune();
  }
}
