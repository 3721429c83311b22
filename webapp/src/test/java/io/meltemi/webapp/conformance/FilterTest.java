package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** {@code $filter} (R69 to R72) over four configurations, and over whatever is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterTest {
  private static final String OURS = "property['set']='four'";

  private final Provider provider = new Provider();

  @BeforeAll
  void make() {
    Talk talk = provider.talk(new Dialect(2, false));
    String set = "\"properties\": {\"set\": \"four\"%s}";
    for (String members :
        List.of(
            "\"name\": \"a\", \"cpu\": 1, \"memory\": 1024, "
                + set.formatted(", \"tier\": \"cold\""),
            "\"name\": \"b\", \"cpu\": 2, \"memory\": 2048, "
                + set.formatted(", \"tier\": \"hot\""),
            "\"name\": \"c\", \"cpu\": 4, \"memory\": 4096, " + set.formatted(""),
            "\"name\": \"it's\", \"cpu\": 8, \"memory\": 512, " + set.formatted(""))) {
      Answer made = talk.consumer().send("POST", talk.href("machineConfigs"), "{" + members + "}");
      assertThat(made.status()).as(made.raw()).isEqualTo(201);
    }
  }

  @AfterAll
  void close() {
    provider.close();
  }

  private static Stream<String> names(Answer collection) {
    return collection.items().stream().map(item -> item.need("name"));
  }

  @InEveryDialect
  void aFilterFindsWhatItMeans(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    for (Map.Entry<String, List<String>> each : meanings().entrySet()) {
      Answer found =
          talk.asked(talk.href("machineConfigs"), "$filter", each.getKey(), "$filter", OURS);
      assertThat(names(found)).as(each.getKey()).containsExactlyElementsOf(each.getValue());
      assertThat(found.need("count")).isEqualTo(Integer.toString(each.getValue().size()));
    }
  }

  private static Map<String, List<String>> meanings() {
    List<String> all = List.of("a", "b", "c", "it's");
    return Map.ofEntries(
        Map.entry("name='a'", List.of("a")),
        Map.entry("\"a\" = name", List.of("a")),
        Map.entry("name!='a'", List.of("b", "c", "it's")),
        Map.entry("name='it\\'s'", List.of("it's")),
        Map.entry("name=\"it's\"", List.of("it's")),
        Map.entry("cpu=2", List.of("b")),
        Map.entry("cpu!=2", List.of("a", "c", "it's")),
        Map.entry("cpu<2", List.of("a")),
        Map.entry("cpu<=2", List.of("a", "b")),
        Map.entry("cpu>2", List.of("c", "it's")),
        Map.entry("cpu>=2", List.of("b", "c", "it's")),
        Map.entry("2<cpu", List.of("c", "it's")),
        Map.entry("name='a' or name='b' and cpu=9", List.of("a")),
        Map.entry("cpu=9 and name='b' or name='a'", List.of("a")),
        Map.entry("(name='a' or name='b') and cpu=2", List.of("b")),
        Map.entry("((cpu=1) or ((cpu=4)))", List.of("a", "c")),
        Map.entry("property['tier']='cold'", List.of("a")),
        Map.entry("property[\"tier\"]!=\"cold\"", List.of("b")),
        Map.entry("'cold'=property['tier']", List.of("a")),
        Map.entry("created>2020-01-01T00:00:00Z", all),
        Map.entry("created<2020-01-01", List.of()),
        Map.entry("2020-01-01T00:00:00+02:00<=updated", all),
        Map.entry("cpu='2'", List.of()),
        Map.entry("name=2", List.of()),
        Map.entry("cpu=true", List.of()),
        Map.entry("nonsense='a'", List.of()),
        Map.entry("nonsense!='a'", List.of()),
        Map.entry("Name='a'", List.of()));
  }

  @InEveryDialect
  void aFilterThatCannotBeReadIsRefused(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    for (String wrong :
        List.of(
            "name==''",
            "name='a",
            "cpu<",
            "cpu 2",
            "name<'b'",
            "true<cpu",
            "cpu=1 and",
            "(cpu=1",
            "cpu=1)",
            "name=a",
            "property['x']=1",
            "property[x]='1'",
            "cpu=1 xor cpu=2")) {
      Answer refused = talk.consumer().get(Talk.url(talk.href("machineConfigs"), "$filter", wrong));
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.need("code")).as(wrong).isEqualTo("filter.syntax");
      assertThat(refused.need("field")).isEqualTo("$filter");
    }
  }

  /** Whatever stands in an item, who asks for it finds the item: links, states, derived values. */
  @InEveryDialect
  void whatIsShownIsFound(Dialect dialect) throws IOException {
    Talk talk = provider.talk(dialect);
    Talk json = provider.talk(new Dialect(dialect.version(), false));
    int asked = 0;
    for (String collection : List.of("machines", "machineConfigs", "machineImages", "jobs")) {
      JsonNode item =
          new ObjectMapper().readTree(json.all(collection).body()).findValue(member(collection));
      for (Map.Entry<String, JsonNode> shown : item.path(0).properties()) {
        String filter = filter(shown.getKey(), shown.getValue());
        if (filter.isEmpty()) continue;
        asked++;
        assertThat(talk.asked(talk.href(collection), "$filter", filter).items())
            .as(collection + " " + filter)
            .extracting(found -> found.need("id"))
            .contains(item.path(0).path("id").asText());
      }
    }
    assertThat(asked).isGreaterThan(25);
  }

  private static String member(String collection) {
    return collection.equals("machineConfigs") ? "machineConfigurations" : collection;
  }

  private static String filter(String name, JsonNode value) {
    if (name.equals("resourceURI") || name.equals("parent")) return "";
    if (name.equals("observed")) return ""; // another one may be told meanwhile
    String link = value.path("href").asText("");
    if (!link.isEmpty()) return value.size() == 1 && stored(name) ? name + "='" + link + "'" : "";
    if (value.isContainerNode()) return "";
    return name + "=" + (value.isTextual() ? "'" + value.asText() + "'" : value.asText());
  }

  /** A link to a collection below the resource is no value: it follows from the resource's own. */
  private static boolean stored(String name) {
    return name.equals("targetResource") || name.equals("console");
  }

  @InEveryDialect
  void aFilterGoesWithEverythingElse(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer found =
        talk.asked(
            talk.href("machineConfigs"),
            "$filter",
            "cpu>1 and " + OURS,
            "$orderby",
            "cpu:desc",
            "$first",
            "2",
            "$last",
            "3",
            "$select",
            "name,count",
            "$expand",
            "*");
    assertThat(names(found)).containsExactly("c", "b");
    assertThat(found.need("count")).isEqualTo("3");
    assertThat(found.items()).allSatisfy(item -> assertThat(item.members()).containsOnly("name"));
  }
}
