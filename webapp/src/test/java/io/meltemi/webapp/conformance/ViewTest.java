package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.store.Row;
import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** {@code $first}, {@code $last}, {@code $orderby}, {@code $select} and {@code $expand}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  /** The four configurations of the house, by name. */
  private static List<String> names(Talk talk, String... parameters) {
    String house = "$filter=name='large'or+name='medium'or+name='small'or+name='tiny'&";
    String url = Talk.url(talk.href("machineConfigs"), parameters).replace("?", "?" + house);
    Answer found = talk.get(url);
    assertThat(found.need("count")).isEqualTo("4");
    return found.items().stream().map(item -> item.need("name")).toList();
  }

  @InEveryDialect
  void aRangeIsCutOutOfWhatIsInOrder(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    List<String> all = List.of("large", "medium", "small", "tiny");
    String huge = "9".repeat(30);
    assertThat(names(talk, "$orderby", "name")).isEqualTo(all);
    assertThat(range(talk, "1", "2")).isEqualTo(all.subList(0, 2));
    assertThat(range(talk, "2", "2")).isEqualTo(all.subList(1, 2));
    assertThat(range(talk, "3", huge)).isEqualTo(all.subList(2, 4));
    assertThat(range(talk, "0", "1")).isEqualTo(all.subList(0, 1));
    assertThat(range(talk, "second", "2")).isEqualTo(all.subList(0, 2));
    assertThat(range(talk, "4", "-1")).isEqualTo(all.subList(3, 4));
    for (String first : List.of("5", huge)) assertThat(range(talk, first, huge)).isEmpty();
    assertThat(range(talk, "3", "2")).isEmpty();
    assertThat(range(talk, "1", "0")).isEmpty();
    assertThat(names(talk, "$orderby", "name", "$first", "3")).isEqualTo(all.subList(2, 4));
    assertThat(names(talk, "$orderby", "name", "$last", "1")).isEqualTo(all.subList(0, 1));
  }

  private static List<String> range(Talk talk, String first, String last) {
    return names(talk, "$orderby", "name", "$first", first, "$last", last);
  }

  @InEveryDialect
  void anOrderIsThatOfTheValues(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertThat(names(talk, "$orderby", "memory"))
        .containsExactly("tiny", "small", "medium", "large");
    assertThat(names(talk, "$orderby", "memory:desc")).startsWith("large").endsWith("tiny");
    assertThat(names(talk, "$orderby", "nonsense,name:DESC")).startsWith("tiny");
    assertThat(names(talk, "$orderby", "nonsense", "$orderby", "name")).startsWith("large");
    Answer wrong =
        talk.consumer().get(Talk.url(talk.href("machineConfigs"), "$orderby", "name:up"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.need("field")).isEqualTo("$orderby");
  }

  @InEveryDialect
  void aSelectionShowsWhatItNamesAndNothingElse(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.ready().need("id");
    String operations = dialect.xml() && !dialect.wraps() ? "operation" : "operations";
    Map<String, Set<String>> wanted =
        Map.of(
            "name", Set.of("name"),
            "name,cpu,name", Set.of("name", "cpu"),
            "nonsense, state", Set.of("state"),
            "id", Set.of("id"),
            "operations", Set.of(operations),
            "nonsense", Set.of());
    wanted.forEach((select, members) -> {
      Answer shown = talk.asked(url, "$select", select);
      assertThat(shown.members()).as(select).isEqualTo(members);
      assertThat(shown.typeUri()).isEqualTo(dialect.typeUri("Machine"));
    });
    assertThat(talk.asked(url, "$select", "name", "$select", "cpu").members())
        .isEqualTo(Set.of("name", "cpu"));
    Set<String> all = talk.get(url).members();
    assertThat(talk.asked(url, "$select", "*").members()).isEqualTo(all);
    assertThat(talk.asked(url, "$select", "").members()).isEqualTo(all);
  }

  @InEveryDialect
  void aSelectionOfACollectionIsOfItselfOrOfItsItems(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.href("machineConfigs");
    assertThat(talk.asked(url, "$select", "count").members()).containsOnly("count");
    Answer both = talk.asked(url, "$select", "count,name");
    assertThat(both.text("id")).isEmpty();
    assertThat(both.items()).hasSize(Integer.parseInt(both.need("count")));
    assertThat(both.items()).allSatisfy(item -> assertThat(item.members()).containsOnly("name"));
    Answer path = talk.asked(url, "$select", "machineConfigurations/cpu");
    assertThat(path.items()).allSatisfy(item -> assertThat(item.members()).containsOnly("cpu"));
    Set<String> whole = talk.get(url).items().getFirst().members();
    Answer items = talk.asked(url, "$select", "machineConfigurations");
    assertThat(items.items().getFirst().members()).isEqualTo(whole);
    assertThat(talk.asked(url, "$select", "operations").needOperation("add")).isEqualTo(url);
  }

  @InEveryDialect
  void anExpansionShowsTheTargetInPlaceOfTheReference(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ready = talk.ready();
    String url = ready.need("id");
    for (String expand : List.of("disks", "nonsense,disks,cpu", "*", "")) {
      Answer disks = talk.asked(url, "$expand", expand).part("disks");
      assertThat(disks.need("id")).as(expand).isEqualTo(ready.needHref("disks"));
      assertThat(disks.need("count")).isEqualTo(talk.get(disks.need("id")).need("count"));
      assertThat(disks.items()).hasSize(Integer.parseInt(disks.need("count")));
    }
    assertThat(talk.asked(url, "$expand", "nonsense").body()).isEqualTo(ready.body());
    assertThat(ready.part("disks").text("count")).isEmpty();
  }

  @InEveryDialect
  void selectionAndExpansionGoTogether(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.ready().need("id");
    Answer both = talk.asked(url, "$select", "name,disks", "$expand", "disks");
    assertThat(both.members()).isEqualTo(Set.of("name", "disks"));
    assertThat(both.part("disks").text("count")).isPresent();
    assertThat(talk.asked(url, "$select", "name", "$expand", "disks").members())
        .isEqualTo(Set.of("name"));
    Answer plain = talk.asked(url, "$select", "disks", "$expand", "volumes");
    assertThat(plain.members()).isEqualTo(Set.of("disks"));
    assertThat(plain.part("disks").text("count")).isEmpty();
  }

  @InEveryDialect
  void anExpansionOfACollectionIsOfItsItems(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer template =
        talk.made("machineTemplates", talk.template().with("name", "shown " + dialect));
    String mine = "name='shown " + dialect + "'";
    Answer found =
        talk.asked(
            talk.href("machineTemplates"),
            "$filter",
            mine,
            "$expand",
            "machineConfig",
            "$select",
            "machineConfig,machineImage");
    Answer item = found.items().getFirst();
    assertThat(item.part("machineConfig").need("name")).isEqualTo("tiny");
    assertThat(item.part("machineImage").text("name")).isEmpty();
    assertThat(item.needHref("machineConfig")).isEqualTo(template.needHref("machineConfig"));
    Body config = talk.config("affected");
    Answer job = talk.job(talk.posted("machineConfigs", config));
    Answer shown =
        talk.asked(job.need("id"), "$expand", "affectedResources", "$select", "affectedResources");
    assertThat(shown.body()).contains("affected");
  }

  @InEveryDialect
  void aCollectionIsAReferenceUnlessItIsExpanded(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    for (String item : List.of(talk.ready().need("id"), talk.consumer().entryPoint().need("id"))) {
      Answer plain = talk.get(item);
      for (String name : List.of("disks", "volumes", "machines", "jobs")) {
        plain
            .href(name)
            .ifPresent(href -> assertThat(plain.part(name).members()).isSubsetOf("href"));
      }
    }
  }

  @InEveryDialect
  void anExpandedCollectionShowsWhatTheCollectionShows(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String entry = talk.consumer().entryPoint().need("id");
    for (String name : List.of("machines", "machineImages", "resourceMetadata", "networks")) {
      List<Answer> expanded = talk.asked(entry, "$expand", name).part(name).items();
      List<Answer> items = talk.all(name).items();
      assertThat(expanded).hasSameSizeAs(items);
      for (int at = 0; at < items.size(); at++) {
        assertThat(expanded.get(at).members()).as(name).isEqualTo(items.get(at).members());
      }
    }
  }

  @InEveryDialect
  void itemsAreShownWhole(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    for (String collection : List.of("machines", "machineConfigs", "machineImages", "jobs")) {
      Answer item = talk.all(collection).items().getFirst();
      assertThat(item.members()).isEqualTo(talk.get(item.need("id")).members());
    }
  }

  @InEveryDialect
  void anAnswerHoldsAThousandItemsAtMostAndCountsAll(Dialect dialect) {
    try (Provider many = new Provider()) {
      insert(many, 1100);
      Talk talk = many.talk(dialect);
      Answer first = talk.all("machineConfigs");
      assertThat(first.items()).hasSize(1000);
      assertThat(first.need("count")).isEqualTo("1104");
      Answer rest = talk.asked(talk.href("machineConfigs"), "$first", "1001");
      assertThat(rest.items()).hasSize(104);
      assertThat(rest.need("count")).isEqualTo("1104");
    }
  }

  private static void insert(Provider provider, int number) {
    Instant now = Instant.now();
    int inserted =
        provider
            .broker()
            .store()
            .write(
                "default",
                transaction -> {
                  for (int at = 0; at < number; at++) {
                    Row row =
                        new Row(
                            "machineConfigs/many" + at,
                            "default",
                            "MachineConfiguration",
                            Optional.empty(),
                            "many",
                            "",
                            now,
                            now,
                            1,
                            JsonNodeFactory.instance.objectNode().put("cpu", 1).put("memory", 1));
                    assertThat(transaction.insert(row).generation()).isEqualTo(1);
                  }
                  return number;
                });
    assertThat(inserted).isEqualTo(number);
  }
}
