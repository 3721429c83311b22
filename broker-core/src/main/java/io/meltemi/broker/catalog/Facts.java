package io.meltemi.broker.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.Inventory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An inventory as single facts, named by their way in it: {@code free/cpu} of a place, {@code
 * sizes/small/price} of the account. What an image, size or type tells of its places is a fact of
 * each of them.
 */
final class Facts {
  /** What is told of something that is at a place. */
  static final String PRESENT = "present";

  /** What an amount without limit tells. */
  static final String UNLIMITED = "unlimited";

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_VALUE = 1000;

  private final Map<Fact, Value> all =
      new TreeMap<>(Comparator.comparing(Fact::place).thenComparing(Fact::name));

  private Facts() {}

  /**
   * @param place id of a location; empty for what is the whole account's
   */
  record Fact(String place, String name) {}

  /**
   * @param amount true for a number that follows use: what is free or used, and how large one can
   *     be
   */
  record Value(String text, boolean amount) {}

  static Map<Fact, Value> of(Inventory inventory) {
    ObjectNode json = InventoryText.json(inventory);
    Facts facts = new Facts();
    for (JsonNode place : json.path("places")) facts.parts(place.path("id").asText(), "", place);
    facts.parts("", "", json.without(List.of("places", "observed", "source")));
    return facts.all;
  }

  private void parts(String place, String name, JsonNode told) {
    told.properties().stream()
        .filter(each -> !each.getKey().equals("id"))
        .forEach(each -> add(place, name, each.getKey(), each.getValue()));
  }

  private void add(String place, String above, String key, JsonNode told) {
    String name = above.isEmpty() ? key : above + "/" + key;
    if (told.isObject()) {
      parts(place, name, told);
    } else if (told.isArray() && told.path(0).isObject()) {
      for (JsonNode one : told) parts(place, name + "/" + id(one), one);
    } else if (told.isArray() && key.equals("places")) {
      for (JsonNode one : told) put(one.asText(), above, new Value(PRESENT, false));
    } else {
      put(place, name, value(name, told));
    }
  }

  /** What has no id, as a size where sizes are free, is known by its name. */
  private static String id(JsonNode one) {
    return one.path("id").asText(one.path("name").asText());
  }

  private static Value value(String name, JsonNode told) {
    if (told.isArray()) {
      String words =
          told.valueStream().map(JsonNode::asText).sorted().collect(Collectors.joining(" "));
      return new Value(kept(words, LONGEST_VALUE), false);
    }
    if (told.isNumber() && told.longValue() == Long.MAX_VALUE) return new Value(UNLIMITED, false);
    boolean amount =
        told.isNumber() && !name.contains("quotaLimit/") && !name.endsWith("quotaLimit");
    return new Value(kept(told.asText(), LONGEST_VALUE), amount);
  }

  private void put(String place, String name, Value value) {
    all.put(new Fact(kept(place, LONGEST_NAME), kept(name, LONGEST_NAME)), value);
  }

  /** As every database takes it: not too long, no zero byte, no half of a character. */
  private static String kept(String text, int most) {
    String some = text.substring(0, Math.min(most, text.length())).replace("\0", "");
    return new String(some.getBytes(UTF_8), UTF_8);
  }
}
