package io.meltemi.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Value;
import io.meltemi.model.query.FilterEvaluator;
import io.meltemi.model.query.Ordering;
import io.meltemi.model.query.Orderings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists against the plainest way to make them, over random changes, filters and ranges. */
@Timeout(60)
class ListingTest {
  private static final List<String> TENANTS = List.of("t1", "t2", Row.HOUSE);
  private static final List<String> STATES = List.of("STARTED", "STOPPED", "ERROR", "");

  private final Store store = Stores.memory(Samples.KINDS, new HandClock());
  private final Map<String, Row> expected = new HashMap<>();
  private final Random random = new Random(20261121);

  @AfterEach
  void closes() {
    store.close();
  }

  @Test
  void listsAreWhatThePlainestWayWouldGive() {
    for (int round = 0; round < 300; round++) {
      store.write(Store.EVERYBODY, this::changeSomething);
      String tenant = random.nextInt(4) == 0 ? Store.EVERYBODY : pick(TENANTS);
      Optional<Filter> filter = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(filter(2));
      List<Ordering> order =
          random.nextBoolean()
              ? List.of()
              : List.of(new Ordering(pick(List.of("cpu", "state", "note")), random.nextBoolean()));
      int first = random.nextInt(5);
      int limit = random.nextInt(10);

      Store.Found found =
          store.list(tenant, "Machine", Optional.empty(), filter, order, first, limit);
      List<Row> all = plain(tenant, filter, order);
      String question = "round " + round + ": " + tenant + filter + order + first + "+" + limit;
      assertThat(found.count()).as(question).isEqualTo(all.size());
      assertThat(found.rows())
          .as(question)
          .containsExactlyElementsOf(all.stream().skip(first).limit(limit).toList());
    }
  }

  private List<Row> plain(String tenant, Optional<Filter> filter, List<Ordering> order) {
    return expected.values().stream()
        .filter(row -> Memory.mayRead(tenant, row.tenant()))
        .filter(row -> filter.map(each -> holds(each, row)).orElse(true))
        .sorted(Comparator.comparing(Row::created).thenComparing(Row::id))
        .sorted(Orderings.comparator(order, ListingTest::value))
        .toList();
  }

  private static boolean holds(Filter filter, Row row) {
    return FilterEvaluator.matches(filter, attribute -> value(row, attribute));
  }

  private static JsonNode value(Row row, String attribute) {
    return Attributes.of(row, attribute);
  }

  private boolean changeSomething(Transaction book) {
    for (int i = 0; i < 3; i++) {
      Row known = expected.isEmpty() ? null : pick(List.copyOf(expected.values()));
      if (known == null || random.nextInt(3) == 0) keep(book.insert(fresh()));
      else if (random.nextInt(3) > 0) keep(book.update(changed(known)));
      else remove(book, known);
    }
    return true;
  }

  private void keep(Row row) {
    expected.put(row.id(), row);
  }

  private void remove(Transaction book, Row row) {
    book.delete(row);
    expected.remove(row.id());
  }

  private Row fresh() {
    Row row = Samples.machine("m" + random.nextInt(1_000_000_000), pick(TENANTS));
    return changed(
        new Row(
            row.id(),
            row.tenant(),
            row.kind(),
            row.parent(),
            row.name(),
            "",
            row.created().plusSeconds(random.nextInt(20)),
            row.updated(),
            0,
            row.document()));
  }

  private Row changed(Row row) {
    return row.withState(pick(STATES))
        .withDocument(
            Samples.document().put("cpu", random.nextInt(5)).put("note", "n" + random.nextInt(3)));
  }

  private Filter filter(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new Filter.Comparison("state", equality(), new Value.Text(pick(STATES)));
      case 1 -> new Filter.Comparison("cpu", pick(List.of(Operator.values())), new Value.Number(2));
      case 2 -> new Filter.Comparison("note", equality(), new Value.Text("n1"));
      case 3 -> new Filter.And(filter(depth - 1), filter(depth - 1));
      default -> new Filter.Or(filter(depth - 1), filter(depth - 1));
    };
  }

  private Operator equality() {
    return random.nextBoolean() ? Operator.EQUAL : Operator.DIFFERENT;
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
