package io.meltemi.broker.store;

import java.util.function.Function;

/** How changes come to be stored. */
interface Writer extends AutoCloseable {
  /**
   * Returns when all that was changed is durable and known to memory.
   *
   * @param work may be run again when a commit failed
   */
  <T> T run(String tenant, Function<SqlTransaction, T> work);

  /** True while this process knows what others wrote up to a few seconds ago. */
  boolean isCurrent();

  @Override
  void close();
}
