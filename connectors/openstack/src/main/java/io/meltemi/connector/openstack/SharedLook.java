package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at objects, each shown as it is after it was asked for. One list is read at a time, and
 * answers all who asked before it began. Single objects are read one by one while they are few; of
 * many at the same time a list is read too: nova asks neutron twice for each of its answers,
 * however many servers are in it. Not for a few objects among very many, nor after a list that
 * failed.
 */
final class SharedLook<T> {
  /** As many are read one by one at once. */
  private static final int FEW = 3;

  /** A list may have as many entries for each object that is asked for. */
  private static final int WORTH = 20;

  private final Function<String, Optional<T>> one;
  private final Supplier<Listed<T>> all;
  private final Function<T, String> id;
  private final ReentrantLock turn = new ReentrantLock(true);
  private int alone;
  private Round next = new Round();
  private long length = Long.MAX_VALUE;

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
   * @param all reads the list
   */
  SharedLook(Function<String, Optional<T>> one, Supplier<Listed<T>> all, Function<T, String> id) {
    this.one = one;
    this.all = all;
    this.id = id;
  }

  /** What there is of those that are kept. */
  List<T> all() {
    return List.copyOf(answer(joined()).values());
  }

  Optional<T> at(String wanted) {
    Optional<Round> crowd = crowd();
    if (crowd.isEmpty()) return atOnce(wanted);
    T found = answer(crowd.get()).get(wanted);
    // A list may be behind, or not have it: what is in none may be there.
    return found == null ? one.apply(wanted) : Optional.of(found);
  }

  private Optional<T> atOnce(String wanted) {
    try {
      return one.apply(wanted);
    } finally {
      synchronized (this) {
        alone--;
      }
    }
  }

  private synchronized Optional<Round> crowd() {
    boolean dear = length > WORTH * (alone + next.members + 1L);
    if (alone >= FEW && !dear) return Optional.of(joined());
    alone++;
    return Optional.empty();
  }

  private synchronized Round joined() {
    next.members++;
    return next;
  }

  private Map<String, T> answer(Round round) {
    try {
      turn.lockInterruptibly();
      try {
        if (begins(round)) read(round);
      } finally {
        turn.unlock();
      }
      return round.answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException(Fault.TRANSIENT, "interrupted before the list was read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new ConnectorException(Fault.TRANSIENT, "the list was not read", e.getCause());
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
      Listed<T> listed = all.get();
      length(listed.length());
      round.answer.complete(
          listed.wanted().stream().collect(Collectors.toUnmodifiableMap(id, each -> each)));
    } catch (Throwable e) {
      length(Long.MAX_VALUE);
      round.answer.completeExceptionally(e);
    }
  }

  private synchronized void length(long entries) {
    length = entries;
  }
}
