package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * The slots of each value of an attribute. Gives up for good when there are too many values to pay:
 * then entries are looked at one by one.
 */
final class ValueIndex {
  private static final int MOST_VALUES = 500;

  private final Map<JsonNode, RoaringBitmap> slots = new HashMap<>();
  private boolean pays = true;

  void add(JsonNode value, int slot) {
    if (!pays) return;
    slots.computeIfAbsent(value, each -> new RoaringBitmap()).add(slot);
    if (slots.size() > MOST_VALUES) {
      pays = false;
      slots.clear();
    }
  }

  void remove(JsonNode value, int slot) {
    RoaringBitmap known = slots.get(value);
    if (known == null) return;
    known.remove(slot);
    if (known.isEmpty()) slots.remove(value);
  }

  boolean pays() {
    return pays;
  }

  /** The slots whose value is accepted; empty when there is no index. */
  Optional<RoaringBitmap> matching(Predicate<JsonNode> accepts) {
    if (!pays) return Optional.empty();
    var all = new RoaringBitmap();
    slots.forEach((value, found) -> {
      if (accepts.test(value)) all.or(found);
    });
    return Optional.of(all);
  }
}
