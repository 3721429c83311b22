package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.FilterEvaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of one kind, each in a slot; slots are in the order of creation. Sets of rows are sets
 * of slots. Its user holds the lock.
 */
final class KindIndex {
  private static final RoaringBitmap NONE = new RoaringBitmap();

  private final List<String> attributes;
  private final List<ValueIndex> values = new ArrayList<>();
  private final Map<String, RoaringBitmap> tenants = new HashMap<>();
  private final Map<String, RoaringBitmap> parents = new HashMap<>();
  private final List<@Nullable Entry> slots = new ArrayList<>();
  private int disorder = Integer.MAX_VALUE;
  private int holes;

  KindIndex(List<String> attributes) {
    this.attributes = attributes;
    attributes.forEach(each -> values.add(new ValueIndex()));
  }

  /** Names of the attributes whose values stand in the entries. */
  List<String> attributes() {
    return attributes;
  }

  void add(Entry entry) {
    disorder = Math.min(disorder, place(entry));
    entry.slot = slots.size();
    slots.add(entry);
    note(entry);
  }

  /** Where the entry belongs, among those which are in order. */
  private int place(Entry entry) {
    int sorted = Math.min(disorder, slots.size());
    int place = sorted;
    while (place > 0) {
      Entry before = slots.get(place - 1);
      if (before != null && Entry.BY_CREATION.compare(before, entry) <= 0) break;
      place--;
    }
    return place == slots.size() ? Integer.MAX_VALUE : place;
  }

  /** The same row in a later generation. */
  void replace(Entry before, Entry after) {
    forget(before);
    after.slot = before.slot;
    slots.set(after.slot, after);
    note(after);
  }

  void remove(Entry entry) {
    forget(entry);
    slots.set(entry.slot, null);
    holes++;
  }

  /** Puts slots in order again after additions and removals. */
  void settle() {
    if (holes > 1000 && holes > slots.size() / 2) disorder = 0;
    if (disorder >= slots.size()) return;
    List<@Nullable Entry> tail = slots.subList(disorder, slots.size());
    List<Entry> entries =
        tail.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    holes -= tail.size() - entries.size();
    tail.clear();
    entries.forEach(this::forget);
    for (Entry entry : entries.stream().sorted(Entry.BY_CREATION).toList()) {
      entry.slot = slots.size();
      slots.add(entry);
      note(entry);
    }
    disorder = Integer.MAX_VALUE;
  }

  private void note(Entry entry) {
    tenants.computeIfAbsent(entry.tenant, each -> new RoaringBitmap()).add(entry.slot);
    parents.computeIfAbsent(entry.parent, each -> new RoaringBitmap()).add(entry.slot);
    for (int i = 0; i < values.size(); i++) values.get(i).add(entry.values.get(i), entry.slot);
  }

  private void forget(Entry entry) {
    remove(tenants, entry.tenant, entry.slot);
    remove(parents, entry.parent, entry.slot);
    for (int i = 0; i < values.size(); i++) values.get(i).remove(entry.values.get(i), entry.slot);
  }

  private static void remove(Map<String, RoaringBitmap> sets, String name, int slot) {
    RoaringBitmap set = sets.get(name);
    if (set == null) return;
    set.remove(slot);
    if (set.isEmpty()) sets.remove(name);
  }

  RoaringBitmap everything() {
    return RoaringBitmap.or(tenants.values().iterator());
  }

  /** The tenant's rows and the house's below a parent. */
  RoaringBitmap scope(String tenant, String parent) {
    RoaringBitmap below = parents.getOrDefault(parent, NONE);
    if (tenant.equals(Store.EVERYBODY)) return below.clone();
    RoaringBitmap seen =
        RoaringBitmap.or(tenants.getOrDefault(tenant, NONE), tenants.getOrDefault(Row.HOUSE, NONE));
    seen.and(below);
    return seen;
  }

  /** A set that holds every slot which matches, and perhaps others; empty when nothing is known. */
  Optional<RoaringBitmap> narrowed(Filter filter) {
    return switch (filter) {
      case Filter.And and -> both(narrowed(and.left()), narrowed(and.right()));
      case Filter.Or or ->
          narrowed(or.left())
              .flatMap(left -> narrowed(or.right()).map(right -> RoaringBitmap.or(left, right)));
      case Filter.Comparison comparison ->
          index(comparison.attribute())
              .flatMap(
                  index -> index.matching(value -> FilterEvaluator.matches(comparison, value)));
      case Filter.Property property -> Optional.empty();
    };
  }

  /** True when what {@link #narrowed} gives is the answer itself. */
  boolean exact(Filter filter) {
    return switch (filter) {
      case Filter.And and -> exact(and.left()) && exact(and.right());
      case Filter.Or or -> exact(or.left()) && exact(or.right());
      case Filter.Comparison comparison ->
          index(comparison.attribute()).filter(ValueIndex::pays).isPresent();
      case Filter.Property property -> false;
    };
  }

  private static Optional<RoaringBitmap> both(
      Optional<RoaringBitmap> left, Optional<RoaringBitmap> right) {
    if (left.isEmpty()) return right;
    return Optional.of(right.map(known -> RoaringBitmap.and(left.get(), known)).orElse(left.get()));
  }

  private Optional<ValueIndex> index(String attribute) {
    int at = attributes.indexOf(attribute);
    return at < 0 ? Optional.empty() : Optional.of(values.get(at));
  }

  /** The value of an indexed attribute. */
  JsonNode value(Entry entry, String attribute) {
    int at = attributes.indexOf(attribute);
    return at < 0 ? MissingNode.getInstance() : entry.values.get(at);
  }

  /** The entries of slots, in order of creation. */
  List<Entry> entries(RoaringBitmap set) {
    List<Entry> found = new ArrayList<>(set.getCardinality());
    set.forEach(
        (org.roaringbitmap.IntConsumer) slot -> found.add(Objects.requireNonNull(slots.get(slot))));
    return found;
  }

  /** A part of {@link #entries}, without looking at the others. */
  List<Entry> entries(RoaringBitmap set, long first, long limit) {
    int size = set.getCardinality();
    List<Entry> found = new ArrayList<>();
    for (long i = first; i < size && i - first < limit; i++) {
      found.add(Objects.requireNonNull(slots.get(set.select((int) i))));
    }
    return found;
  }
}
