package io.meltemi.broker.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is older than is kept: a duty that one replica has at a time, by lease. */
final class Pruning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
  private static final String DUTY = "store.pruning";
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration HOLD = Duration.ofMinutes(15);
  private static final int AT_ONCE = 500;

  /** Changes of facts of one account, beside what is told still. */
  private static final int MOST_FACTS = 5000;

  private final Store store;
  private final Writer writer;
  private final Clock clock;
  private final Retention retention;
  private final String owner = UUID.randomUUID().toString();
  private final CountDownLatch closed = new CountDownLatch(1);

  Pruning(Store store, Writer writer, Clock clock, Retention retention) {
    this.store = store;
    this.writer = writer;
    this.clock = clock;
    this.retention = retention;
  }

  Pruning start() {
    Thread.ofVirtual().name("store-pruning").start(this::work);
    return this;
  }

  private void work() {
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) prune();
    } catch (InterruptedException e) {
      LOG.debug("pruning ends", e);
    }
  }

  /** One round, unless another replica has the duty. */
  void prune() {
    try {
      if (store.lease(DUTY, owner, HOLD).isEmpty()) return;
      long removed = removed();
      if (removed > 0)
        LOG.info("Removed {} jobs, decisions, events, facts, keys and tokens", removed);
    } catch (StoreException | StaleException e) {
      LOG.warn("What is kept no longer could not be removed, tried again later", e);
    }
  }

  private long removed() {
    Instant now = clock.instant();
    Instant jobsBefore = now.minus(retention.jobs());
    Instant decisionsBefore = now.minus(retention.decisions());
    long all = rows("Job", job -> ended(job) && job.updated().isBefore(jobsBefore));
    all += rows("Decision", decision -> decision.created().isBefore(decisionsBefore));
    all += rows("ApiToken", token -> expires(token).isBefore(jobsBefore));
    long some;
    do {
      some = writer.run(Store.EVERYBODY, transaction -> old(transaction.session(), now));
      all += some;
    } while (some > 0 && closed.getCount() > 0);
    return all;
  }

  private static boolean ended(Row job) {
    return JobStates.ended(job.kind(), job.state());
  }

  private static Instant expires(Row token) {
    return Instant.parse(token.document().path("expires").asText());
  }

  /** In few at a time, so that nobody waits long behind them. */
  private long rows(String kind, Predicate<Row> old) {
    long all = 0;
    List<Row> some;
    do {
      some = store.all(kind).stream().filter(old).limit(AT_ONCE).toList();
      delete(some);
      all += some.size();
    } while (some.size() == AT_ONCE && closed.getCount() > 0);
    return all;
  }

  private void delete(List<Row> rows) {
    if (rows.isEmpty()) return;
    store.write(
        Store.EVERYBODY,
        book -> {
          rows.forEach(book::delete);
          return true;
        });
  }

  private int old(Session session, Instant now) {
    FactTable facts = new FactTable(session);
    return new EventTable(session).prune(now.minus(retention.events()), AT_ONCE)
        + new KeyTable(session).prune(now)
        + facts.prune(now.minus(retention.facts()), AT_ONCE)
        + facts.pruneBeyond(MOST_FACTS, AT_ONCE)
        + facts.pruneLost(AT_ONCE);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
