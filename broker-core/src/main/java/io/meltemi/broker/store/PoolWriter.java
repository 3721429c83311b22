package io.meltemi.broker.store;

import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/** Each change is a transaction of its own; one that lost against another is run again. */
final class PoolWriter implements Writer {
  /** Serialization failure, deadlock, and an interval that another transaction has just opened. */
  private static final Set<String> LOST_AGAINST_ANOTHER = Set.of("40001", "40P01", "23505");

  private static final int MOST_ATTEMPTS = 10;

  private final Pool pool;
  private final Clock clock;
  private final Replica replica;
  private final Feed feed;

  PoolWriter(Pool pool, Clock clock, Replica replica, Feed feed) {
    this.pool = pool;
    this.clock = clock;
    this.replica = replica;
    this.feed = feed;
  }

  @Override
  public <T> T run(String tenant, Function<SqlTransaction, T> work) {
    int attempt = 1;
    while (true) {
      try {
        return once(tenant, work);
      } catch (StoreException e) {
        if (!LOST_AGAINST_ANOTHER.contains(e.sqlState()) || attempt == MOST_ATTEMPTS) throw e;
        attempt++;
      }
    }
  }

  private <T> T once(String tenant, Function<SqlTransaction, T> work) {
    try (var session = pool.session()) {
      session.begin();
      try {
        var transaction = new SqlTransaction(tenant, session, clock);
        T result = work.apply(transaction);
        Committed left = transaction.finish(0);
        session.commit();
        replica.committed(left);
        if (left.events() > 0) feed.poke();
        return result;
      } catch (RuntimeException | Error e) {
        session.rollback();
        throw e;
      }
    }
  }

  @Override
  public boolean isCurrent() {
    return feed.isCurrent();
  }

  @Override
  public void close() {
    feed.close();
    pool.close();
  }
}
