package io.meltemi.model.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random filters over random resources, against predicates that are built beside the filter's text
 * and know nothing of the parser. Another seed: {@code -Dfilter.seed=…}.
 */
class FilterByBruteForceTest {
  private static final List<String> NAMES = List.of("web", "db", "it's", "Äpfel", "a or b");
  private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");

  private final long seed = Long.getLong("filter.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  /** A filter's text and what it means. */
  private record Meaning(String text, Predicate<ObjectNode> test) {}

  @Test
  void filtersFindWhatTheyMean() {
    System.out.println("filter.seed=" + seed);
    List<ObjectNode> resources = Stream.generate(this::resource).limit(1_000).toList();
    for (int i = 0; i < 500; i++) {
      Meaning meaning = withinLimits();
      Filter filter = FilterParser.parse(List.of(meaning.text())).orElseThrow();
      List<ObjectNode> found =
          resources.stream().filter(each -> FilterEvaluator.matches(filter, each::path)).toList();
      assertThat(found)
          .as("%s with filter.seed=%d", meaning.text(), seed)
          .isEqualTo(resources.stream().filter(meaning.test()).toList());
    }
  }

  @Test
  void orderIsThatOfTheBytesOfTheDecomposedText() {
    List<ObjectNode> resources =
        new ArrayList<>(Stream.generate(this::resource).limit(1_000).toList());
    List<Ordering> terms = Orderings.parse(List.of("name:desc,cpu,created:desc"));
    Comparator<ObjectNode> order = Orderings.comparator(terms, ObjectNode::path);
    resources.sort(order);
    for (int i = 1; i < resources.size(); i++) {
      String before = Orderings.normal(resources.get(i - 1).path("name").asText());
      String after = Orderings.normal(resources.get(i).path("name").asText());
      assertThat(before.compareTo(after)).isNotNegative();
      if (before.equals(after)) {
        assertThat(resources.get(i - 1).path("cpu").asInt(-1))
            .isLessThanOrEqualTo(resources.get(i).path("cpu").asInt(-1));
      }
    }
  }

  private ObjectNode resource() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (random.nextInt(5) > 0) node.put("name", pick(NAMES));
    if (random.nextInt(5) > 0) node.put("cpu", random.nextInt(8));
    if (random.nextInt(5) > 0) node.put("up", random.nextBoolean());
    if (random.nextInt(5) > 0) node.put("created", day(random.nextInt(5)).toString());
    if (random.nextInt(5) > 0) node.putObject("properties").put("tier", pick(NAMES));
    return node;
  }

  private Meaning withinLimits() {
    Meaning meaning = either(3);
    while (meaning.text().length() > 1_000) {
      meaning = either(3);
    }
    return meaning;
  }

  private Meaning either(int depth) {
    Meaning one = both(depth);
    if (random.nextBoolean()) {
      return one;
    }
    Meaning other = either(depth);
    return new Meaning(one.text() + " or " + other.text(), one.test().or(other.test()));
  }

  private Meaning both(int depth) {
    Meaning one = term(depth);
    if (random.nextBoolean()) {
      return one;
    }
    Meaning other = both(depth);
    return new Meaning(one.text() + " and " + other.text(), one.test().and(other.test()));
  }

  private Meaning term(int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      Meaning inner = either(depth - 1);
      return new Meaning("(" + inner.text() + ")", inner.test());
    }
    return switch (random.nextInt(5)) {
      case 0 -> number();
      case 1 -> text();
      case 2 -> flag();
      case 3 -> date();
      default -> property();
    };
  }

  private Meaning number() {
    int wanted = random.nextInt(8);
    return switch (random.nextInt(7)) {
      case 0 -> new Meaning("cpu=" + wanted, cpu(value -> value == wanted));
      case 1 -> new Meaning("cpu != " + wanted, cpu(value -> value != wanted));
      case 2 -> new Meaning("cpu<" + wanted, cpu(value -> value < wanted));
      case 3 -> new Meaning("cpu <=" + wanted, cpu(value -> value <= wanted));
      case 4 -> new Meaning("cpu> " + wanted, cpu(value -> value > wanted));
      case 5 -> new Meaning("cpu>=" + wanted, cpu(value -> value >= wanted));
      default -> new Meaning(wanted + ">cpu", cpu(value -> wanted > value));
    };
  }

  private static Predicate<ObjectNode> cpu(Predicate<Integer> test) {
    return node -> node.has("cpu") && test.test(node.get("cpu").intValue());
  }

  private Meaning text() {
    String wanted = pick(NAMES);
    String quoted = "'" + wanted.replace("'", "\\'") + "'";
    boolean equal = random.nextBoolean();
    return new Meaning(
        "name" + (equal ? "=" : "!=") + quoted,
        node -> node.has("name") && node.get("name").textValue().equals(wanted) == equal);
  }

  private Meaning flag() {
    boolean wanted = random.nextBoolean();
    return new Meaning(
        wanted + "=up", node -> node.has("up") && node.get("up").booleanValue() == wanted);
  }

  private Meaning date() {
    Instant wanted = day(random.nextInt(5));
    boolean later = random.nextBoolean();
    return new Meaning(
        "created" + (later ? ">" : "<") + wanted,
        node -> {
          if (!node.has("created")) {
            return false;
          }
          Instant created = Instant.parse(node.get("created").textValue());
          return later ? created.isAfter(wanted) : created.isBefore(wanted);
        });
  }

  private Meaning property() {
    String wanted = pick(NAMES);
    return new Meaning(
        "property['tier']=\"" + wanted + "\"",
        node -> node.path("properties").path("tier").asText("").equals(wanted));
  }

  private static Instant day(int after) {
    return DAY.plusSeconds(after * 86_400L);
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
