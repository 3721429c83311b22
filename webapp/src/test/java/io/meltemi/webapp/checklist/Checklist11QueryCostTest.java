package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.store.Row;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question that costs too much is refused with the limit by name, never answered in part. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist11QueryCostTest {
  private final Town town = new Town();

  @AfterAll
  void close() {
    town.close();
  }

  private HttpResponse<String> asked(String parameter, String value) {
    return town.owner.get(
        "cimi/2/machineConfigs?" + parameter + "=" + URLEncoder.encode(value, UTF_8));
  }

  private static String longest(int letters) {
    return "name='" + "x".repeat(letters - 7) + "'";
  }

  private static String terms(int number) {
    return "cpu=1" + " or cpu=1".repeat(number - 1);
  }

  private static String levels(int number) {
    return "(".repeat(number - 1) + "cpu=1" + ")".repeat(number - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "letters, 4096, filter.too-long",
    "terms, 64, filter.too-many-terms",
    "levels, 16, filter.too-deep"
  })
  void aFilterHasItsLimitAndNotOneMore(String what, int limit, String code) {
    assertThat(asked("$filter", filter(what, limit)).statusCode()).isEqualTo(200);
    HttpResponse<String> more = asked("$filter", filter(what, limit + 1));
    assertThat(more.statusCode()).as(more.body()).isEqualTo(400);
    JsonNode job = Client.json(more);
    assertThat(job.path("code").asText()).isEqualTo(code);
    assertThat(job.path("field").asText()).isEqualTo("$filter");
    assertThat(job.path("statusMessage").asText()).contains(Integer.toString(limit));
  }

  private static String filter(String what, int number) {
    return switch (what) {
      case "letters" -> longest(number);
      case "terms" -> terms(number);
      default -> levels(number);
    };
  }

  @Test
  void severalFiltersShareOneLimit() {
    String half = URLEncoder.encode(terms(33), UTF_8);
    HttpResponse<String> answer =
        town.owner.get("cimi/2/machineConfigs?$filter=" + half + "&$filter=" + half);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void anOrderHasItsLimit() {
    assertThat(asked("$orderby", "name,".repeat(8)).statusCode()).isEqualTo(200);
    HttpResponse<String> more = asked("$orderby", "name,".repeat(9));
    assertThat(Client.json(more).path("code").asText()).isEqualTo("orderby.too-many-terms");
  }

  /** What is shown in a reference's place is not expanded again, so its depth is always one. */
  @Test
  void anExpansionShowsAThousandResourcesAndNotOneMore() {
    int there = town.owner.json("cimi/2/machineConfigs").path("count").asInt();
    insert(1000 - there);
    String wanted = "cimi/2/cloudEntryPoint?$expand=machineConfigs";
    HttpResponse<String> all = town.owner.get(wanted);
    assertThat(all.statusCode()).as(all.body()).isEqualTo(200);
    JsonNode configs = Client.json(all).path("machineConfigs").path("machineConfigurations");
    assertThat(configs.size()).isEqualTo(1000);

    insert(1);
    HttpResponse<String> more = town.owner.get(wanted);
    assertThat(more.statusCode()).as(more.body()).isEqualTo(400);
    assertThat(Client.json(more).path("field").asText()).isEqualTo("$expand");
    assertThat(Client.json(more).path("statusMessage").asText()).contains("1000");
  }

  private void insert(int number) {
    Instant now = Instant.now();
    int inserted =
        town.broker
            .store()
            .write(
                "default",
                transaction -> {
                  for (int at = 0; at < number; at++) {
                    Row row =
                        new Row(
                            "machineConfigs/" + Town.nothing(),
                            "default",
                            "MachineConfiguration",
                            Optional.empty(),
                            "many",
                            "",
                            now,
                            now,
                            1,
                            JsonNodeFactory.instance.objectNode().put("cpu", 1));
                    assertThat(transaction.insert(row).generation()).isEqualTo(1);
                  }
                  return number;
                });
    assertThat(inserted).isEqualTo(number);
  }
}
