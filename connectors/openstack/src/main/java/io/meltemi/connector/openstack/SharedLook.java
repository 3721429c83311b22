package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at objects, each shown as it is after it was asked for. One list is read at a time, and
 * answers all who asked before it began. Single objects are read one by one while they are few; of
 * many at the same time a list is read too: nova asks neutron twice for each of its answers,
 * however many servers are in it. Not for a few objects among very many, nor after a list that
 * failed. Nobody waits for a second long list, and a list that somebody else failed to read is read
 * again.
 */
final class SharedLook<T> {
  /** As many are read one by one at once. */
  private static final int FEW = 3;

  /** A list may have as many entries for each object that is asked for. */
  private static final int WORTH = 20;

  /** Who reads a list with more entries shares it with nobody. */
  private static final int LONG = 1000;

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Function<String, Optional<T>> one;
  private final Supplier<Listed<T>> all;
  private final Function<T, String> id;
  private final ReentrantLock turn = new ReentrantLock(true);
  private int alone;
  private Round next = new Round();
  private long length = UNKNOWN;

  /**
   * What was read of a list.
   *
   * @param wanted those that were kept
   * @param length how many there were
   */
  record Listed<T>(List<T> wanted, long length) {}

  /** Those whom the same list answers. */
  private final class Round {
    private final CompletableFuture<Map<String, T>> answer = new CompletableFuture<>();
    private int members;
  }

  /**
   * @param one reads a single object
   * @param all reads the list; throws nothing but ConnectorExceptions
   */
  SharedLook(Function<String, Optional<T>> one, Supplier<Listed<T>> all, Function<T, String> id) {
    this.one = one;
    this.all = all;
    this.id = id;
  }

  /** What there is of those that are kept. */
  List<T> all() {
    if (isLong()) return List.copyOf(list().values());
    Map<String, T> found = answer(joined()).or(() -> answer(joined())).orElseGet(this::list);
    return List.copyOf(found.values());
  }

  Optional<T> at(String wanted) {
    Optional<Round> crowd = crowd();
    if (crowd.isEmpty()) return counted(wanted);
    Optional<T> found = answer(crowd.get()).flatMap(seen -> Optional.ofNullable(seen.get(wanted)));
    if (found.isPresent()) return found;
    // A list may be behind, or leave it out: what is in none may be there.
    count(1);
    return counted(wanted);
  }

  private Optional<T> counted(String wanted) {
    try {
      return one.apply(wanted);
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    alone += more;
  }

  /** Whoever is in none is counted as one who reads alone. */
  private synchronized Optional<Round> crowd() {
    boolean dear = length > WORTH * (alone + next.members + 1L);
    if (alone >= FEW && !dear) return Optional.of(joined());
    count(1);
    return Optional.empty();
  }

  private synchronized Round joined() {
    next.members++;
    return next;
  }

  private synchronized boolean isLong() {
    return length > LONG && length < UNKNOWN;
  }

  /** Empty when somebody else read the list in vain. */
  private Optional<Map<String, T>> answer(Round round) {
    boolean mine = false;
    try {
      if (!round.answer.isDone()) {
        turn.lockInterruptibly();
        try {
          mine = begins(round);
          if (mine) read(round);
        } finally {
          turn.unlock();
        }
      }
      return Optional.of(round.answer.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException(Fault.TRANSIENT, "interrupted before the list was read");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ConnectorException failure)) {
        throw new ConnectorException(Fault.TRANSIENT, "the list was not read", e.getCause());
      }
      if (mine || failure.retryAfter().isPresent()) throw failure;
      return Optional.empty();
    }
  }

  /** The first of its members whose turn it is reads the list. */
  private synchronized boolean begins(Round round) {
    if (round != next) return false;
    next = new Round();
    return true;
  }

  private void read(Round round) {
    try {
      round.answer.complete(list());
    } catch (Throwable e) { // whatever it is, members wait for the answer, and throw it
      round.answer.completeExceptionally(e);
      if (e instanceof ConnectorException told && told.retryAfter().isPresent()) rest(told);
    }
  }

  /** Who asked before the pause was asked for sends nothing either. */
  private synchronized void rest(ConnectorException pause) {
    next.answer.completeExceptionally(pause);
    next = new Round();
  }

  private Map<String, T> list() {
    try {
      Listed<T> listed = all.get();
      length(listed.length());
      Map<String, T> found = new LinkedHashMap<>();
      listed.wanted().forEach(each -> found.put(id.apply(each), each));
      return found;
    } catch (RuntimeException e) {
      length(UNKNOWN);
      throw e;
    }
  }

  private synchronized void length(long entries) {
    length = entries;
  }
}
