package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.FilterEvaluator;
import io.meltemi.model.query.Ordering;
import io.meltemi.model.query.Orderings;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Common;
import io.meltemi.model.schema.Kinds;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What reads are served from: an entry for every row, and the rows themselves as far as they fit. A
 * cached row counts only when it is as new as its entry.
 */
final class Memory {
  /** Heap per cached row: what a decoded document of a few kB takes, eight times over. */
  private static final long HEAP_PER_ROW = 65_536;

  private final Kinds kinds;
  private final Function<Collection<String>, List<Row>> load;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, KindIndex> indexes = new HashMap<>();
  private final Cache<String, Row> rows =
      Caffeine.newBuilder()
          .maximumSize(Runtime.getRuntime().maxMemory() / HEAP_PER_ROW)
          .executor(Runnable::run)
          .build();
  private final Cache<String, Boolean> gone =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /**
   * @param load reads rows from the database
   */
  Memory(Kinds kinds, Function<Collection<String>, List<Row>> load) {
    this.kinds = kinds;
    this.load = load;
  }

  /** Takes in rows as they are after a commit; empty for deleted ones. */
  void apply(Map<String, Optional<Row>> changes) {
    if (changes.isEmpty()) return;
    lock.writeLock().lock();
    try {
      changes.forEach((id, row) -> row.ifPresentOrElse(this::put, () -> remove(id)));
      indexes.values().forEach(KindIndex::settle);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Takes in the rows that are there at the beginning.
   *
   * @param source hands each to whom it is given
   */
  void fill(Consumer<Consumer<Row>> source) {
    lock.writeLock().lock();
    try {
      source.accept(this::put);
      indexes.values().forEach(KindIndex::settle);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** What was deleted a moment ago may come late from another thread: the database knows. */
  private void put(Row row) {
    if (gone.getIfPresent(row.id()) == null) keep(row);
    else load.apply(List.of(row.id())).forEach(this::keep);
  }

  private void keep(Row row) {
    KindIndex index = indexes.computeIfAbsent(row.kind(), kind -> new KindIndex(indexed(kind)));
    Entry entry = new Entry(row, index.attributes());
    Entry before = entries.get(row.id());
    if (before != null && before.generation > row.generation()) return;
    rows.put(row.id(), row);
    entries.put(row.id(), entry);
    if (before == null) index.add(entry);
    else index.replace(before, entry);
  }

  private void remove(String id) {
    Entry before = entries.remove(id);
    KindIndex index = before == null ? null : indexes.get(before.kind);
    if (before != null && index != null) index.remove(before);
    rows.invalidate(id);
    gone.put(id, true);
  }

  private List<String> indexed(String kind) {
    return Stream.concat(
            Common.ATTRIBUTES.stream(),
            kinds.find(kind).stream().flatMap(known -> known.attributes().stream()))
        .filter(Attribute::indexed)
        .map(Attribute::name)
        .distinct()
        .toList();
  }

  Optional<Row> read(String tenant, String id) {
    Entry entry = entries.get(id);
    if (entry == null || !mayRead(tenant, entry.tenant)) return Optional.empty();
    Row row = rows.getIfPresent(id);
    return row != null && row.generation() >= entry.generation
        ? Optional.of(row)
        : rows(List.of(entry)).stream().findFirst();
  }

  static boolean mayRead(String tenant, String owner) {
    return tenant.equals(Store.EVERYBODY) || owner.equals(tenant) || owner.equals(Row.HOUSE);
  }

  List<Row> all(String kind) {
    KindIndex index = locked(() -> indexes.get(kind));
    return index == null ? List.of() : rows(locked(() -> index.entries(index.everything())));
  }

  Store.Found list(Wanted wanted) {
    KindIndex index = locked(() -> indexes.get(wanted.kind()));
    if (index == null) return new Store.Found(0, List.of());
    Candidates found = locked(() -> candidates(index, wanted));
    if (found.cut()) return new Store.Found(found.count(), rows(found.entries()));
    if (Attributes.within(wanted, index.attributes())) {
      List<Entry> all = matching(found.entries(), wanted, index::value);
      return new Store.Found(all.size(), rows(cut(all, wanted)));
    }
    List<Row> all = matching(rows(found.entries()), wanted, Attributes::of);
    return new Store.Found(all.size(), cut(all, wanted));
  }

  /**
   * @param cut true when these are the answer: filtered, ordered, and only the range asked for
   */
  private record Candidates(long count, List<Entry> entries, boolean cut) {}

  private static Candidates candidates(KindIndex index, Wanted wanted) {
    RoaringBitmap set = index.scope(wanted.tenant(), wanted.parent().orElse(""));
    wanted.filter().flatMap(index::narrowed).ifPresent(set::and);
    long count = set.getLongCardinality();
    if (wanted.order().isEmpty() && wanted.filter().map(index::exact).orElse(true)) {
      return new Candidates(count, index.entries(set, wanted.first(), wanted.limit()), true);
    }
    return new Candidates(count, index.entries(set), false);
  }

  private static <T> List<T> matching(
      List<T> things, Wanted wanted, BiFunction<T, String, JsonNode> values) {
    List<T> left =
        wanted
            .filter()
            .map(filter -> things.stream().filter(each -> holds(filter, each, values)).toList())
            .orElse(things);
    if (wanted.order().isEmpty()) return left;
    return left.stream().sorted(Orderings.comparator(wanted.order(), values)).toList();
  }

  private static <T> boolean holds(Filter filter, T thing, BiFunction<T, String, JsonNode> values) {
    return FilterEvaluator.matches(filter, attribute -> values.apply(thing, attribute));
  }

  private static <T> List<T> cut(List<T> all, Wanted wanted) {
    return all.stream().skip(wanted.first()).limit(wanted.limit()).toList();
  }

  /**
   * What a list asks for.
   *
   * @param first 0-based
   */
  record Wanted(
      String tenant,
      String kind,
      Optional<String> parent,
      Optional<Filter> filter,
      List<Ordering> order,
      long first,
      long limit) {}

  /** Rows in the order of their entries; those which are gone by now are left out. */
  private List<Row> rows(List<Entry> wanted) {
    Map<String, Row> here = new HashMap<>();
    for (Entry entry : wanted) {
      Row row = rows.getIfPresent(entry.id);
      if (row != null && row.generation() >= entry.generation) here.put(entry.id, row);
    }
    List<String> missing =
        wanted.stream().map(entry -> entry.id).filter(id -> !here.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      for (Row row : load.apply(missing)) {
        rows.put(row.id(), row);
        here.put(row.id(), row);
      }
    }
    return wanted.stream().flatMap(entry -> Stream.ofNullable(here.get(entry.id))).toList();
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
