package io.meltemi.model.wire;

import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Common;
import io.meltemi.model.schema.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Under which names attributes are read.
 *
 * @param members attributes by name and alias
 * @param items lists and maps by the XML name of one item
 */
record Names(Map<String, Slot> members, Map<String, Slot> items) {
  static final Names NONE = new Names(Map.of(), Map.of());

  static Names of(Collection<Slot> slots) {
    Map<String, Slot> members = new LinkedHashMap<>();
    Map<String, Slot> items = new LinkedHashMap<>();
    for (Slot slot : slots) {
      members.put(slot.name(), slot);
      slot.attribute().shape().aliases().forEach(alias -> members.putIfAbsent(alias, slot));
      String item = item(slot.type());
      if (!item.isEmpty()) {
        items.put(item, slot);
      }
    }
    return new Names(members, items);
  }

  /** The XML name of one item of a list or map; empty for other types. */
  static String item(Type type) {
    if (type instanceof Type.Listing listing) {
      return listing.itemName();
    }
    return type instanceof Type.Dictionary dictionary ? dictionary.itemName() : "";
  }

  boolean knows(String name) {
    return members.containsKey(name);
  }

  @Nullable Slot member(String name) {
    return members.get(name);
  }

  /** The attribute that an XML element belongs to. */
  @Nullable Slot element(String name) {
    Slot slot = members.get(name);
    return slot == null ? items.get(name) : slot;
  }

  Names and(Slot more) {
    Map<String, Slot> all = new LinkedHashMap<>(members);
    all.put(more.name(), more);
    return new Names(all, items);
  }

  /** With more that is read where nothing is called so yet. */
  Names and(Collection<Slot> more) {
    if (more.isEmpty()) {
      return this;
    }
    Names others = of(more);
    Map<String, Slot> all = new LinkedHashMap<>(others.members);
    all.putAll(members);
    Map<String, Slot> one = new LinkedHashMap<>(others.items);
    one.putAll(items);
    return new Names(all, one);
  }

  /** What a body that is read by this rule may give. */
  List<String> taken(Rule rule) {
    List<String> taken =
        names(
            slot -> rule.takes().test(slot.attribute()) && !rule.refuses().test(slot.attribute()));
    return taken.isEmpty() ? names(slot -> true) : taken;
  }

  /** What a new resource by value must give; what it may, beside the common, if that is nothing. */
  List<String> ownValues() {
    List<String> needed = names(slot -> slot.attribute().consumerMandatory());
    return needed.isEmpty() ? names(slot -> isOwn(slot.attribute())) : needed;
  }

  private static boolean isOwn(Attribute attribute) {
    return attribute.givenAtCreate()
        && Common.ATTRIBUTES.stream().noneMatch(each -> each.name().equals(attribute.name()));
  }

  private List<String> names(Predicate<Slot> wanted) {
    return members.values().stream().filter(wanted).map(Slot::name).distinct().toList();
  }
}
