package io.meltemi.webapp.checklist;

import static io.meltemi.webapp.checklist.Town.MARK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing foreign shows through filters, orders, expansions, references, counts, streams, jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist02SideDoorsTest {
  private static final List<String> QUERIES =
      List.of(
          "?$filter=name!='zz'",
          "?$filter=name='" + MARK + "'%20or%20name!='x'",
          "?$orderby=name:desc",
          "?$select=name,id",
          "?$expand=*",
          "?$first=1&$last=1000",
          "?$format=xml");

  private final Town town = new Town().furnished();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void noListTellsAStrangerOfAnythingForeign() {
    int asked = 0;
    for (Route route : town.routes()) {
      if (!route.verb().equals("GET") || route.namesSomething()) continue;
      for (String query : QUERIES) {
        asked++;
        HttpResponse<String> answer = town.stranger.get(route.path() + query);
        assertThat(answer.statusCode()).as(route + query + answer.body()).isEqualTo(200);
        holdClean(route + query, answer.body());
      }
    }
    assertThat(asked).isGreaterThan(100);
  }

  private void holdClean(String where, String body) {
    assertThat(body).as(where).doesNotContain(MARK);
    for (String url : town.owned.values()) {
      String id = url.substring(url.lastIndexOf('/') + 1);
      if (id.length() > 12) assertThat(body).as(where).doesNotContain(id);
    }
  }

  /** The shared collections are those of the house, so a count that differs tells of others. */
  @Test
  void countsAreOfWhatIsSeen() {
    int counted = 0;
    for (Route route : town.routes()) {
      if (!route.verb().equals("GET") || route.namesSomething()) continue;
      JsonNode page = town.stranger.json(route.path());
      if (!page.has("count")) continue;
      int items =
          page.propertyStream()
              .filter(member -> !member.getKey().equals("operations"))
              .map(Map.Entry::getValue)
              .filter(JsonNode::isArray)
              .mapToInt(JsonNode::size)
              .sum();
      assertThat(page.path("count").asInt()).as("%s", route).isEqualTo(items);
      counted++;
    }
    assertThat(counted).isGreaterThan(30);
  }

  @Test
  void aReferenceToWhatIsForeignIsOneToNothing() {
    int tried = 0;
    for (ResourceKind kind : BrokerKinds.all().all()) {
      if (!kind.faces().contains(Face.CIMI_2) || kind.operation("add", Face.CIMI_2).isEmpty()) {
        continue;
      }
      for (Attribute attribute : kind.attributes(Face.CIMI_2).values()) {
        if (!(attribute.type() instanceof Type.Ref ref) || !attribute.givenAtCreate()) continue;
        String foreign = town.owned.get(ref.target());
        if (foreign == null) continue;
        tried++;
        String collection = "cimi/2/" + kind.segment();
        assertThat(told(collection, attribute.name(), foreign))
            .as(kind.name() + "." + attribute.name())
            .isEqualTo(told(collection, attribute.name(), nothingLike(foreign)));
      }
    }
    assertThat(tried).isGreaterThanOrEqualTo(3);
  }

  private static String nothingLike(String url) {
    return url.substring(0, url.lastIndexOf('/') + 1) + Town.nothing();
  }

  private String told(String collection, String attribute, String url) {
    HttpResponse<String> answer =
        town.stranger.send(
            "POST", collection, "{\"" + attribute + "\": {\"href\": \"" + url + "\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return plain(answer.body(), url);
  }

  private static String plain(String body, String url) {
    return body.replace(url.substring(url.lastIndexOf('/') + 1), "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  @Test
  void anOrderOfWhatIsForeignIsAnOrderOfNothing() {
    for (String member : List.of("MachineTemplate", "MachineConfiguration", "Credential")) {
      String url = town.url(member);
      assertThat(order(member, url)).as(member).isEqualTo(order(member, nothingLike(url)));
    }
  }

  private String order(String member, String url) {
    String template =
        switch (member) {
          case "MachineTemplate" -> "\"href\": \"" + url + "\"";
          case "MachineConfiguration" ->
              "\"machineConfig\": {\"href\": \"%s\"}, \"machineImage\": {\"href\": \"%s\"}"
                  .formatted(url, town.image());
          default ->
              ("\"credential\": {\"href\": \"%s\"}, \"machineConfig\": {\"cpu\": 1, \"memory\":"
                      + " 1024}, \"machineImage\": {\"href\": \"%s\"}")
                  .formatted(url, town.image());
        };
    HttpResponse<String> answer =
        town.stranger.send("POST", "cimi/2/machines", "{\"machineTemplate\": {" + template + "}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return plain(answer.body(), url);
  }

  @Test
  void aForeignMachineIsNotCaptured() {
    String machine = town.url("Machine").replace("cimi/2", "cimi/1");
    String body = "{\"name\": \"taken\", \"type\": \"IMAGE\", \"imageLocation\": \"%s\"}";
    HttpResponse<String> theirs =
        town.stranger.send("POST", "cimi/1/machineImages", body.formatted(machine));
    assertThat(theirs.statusCode()).as(theirs.body()).isEqualTo(400);
    assertThat(theirs.body()).contains("reference.unknown");
    assertThat(town.stranger.get(machine + "/console").statusCode()).isEqualTo(404);
  }

  /** An account that was granted to some is not even named to others, also not as a near word. */
  @Test
  void placementNamesNoAccountThatIsNotGranted() {
    String order =
        ("{\"placement\": {\"terms\": {\"accounts\": \"%s-accoun\"}}, \"machineTemplate\":"
                + " {\"machineConfig\": {\"cpu\": 1, \"memory\": 1024}, \"machineImage\":"
                + " {\"href\": \"%s\"}}}")
            .formatted(MARK, town.image());
    HttpResponse<String> owner = town.owner.send("POST", "cimi/2/machines", order);
    HttpResponse<String> stranger = town.stranger.send("POST", "cimi/2/machines", order);
    assertThat(owner.body()).contains(MARK + "-account");
    assertThat(stranger.statusCode()).isEqualTo(400);
    assertThat(stranger.body()).doesNotContain(MARK + "-account");
  }

  @Test
  void anotherKeyOfTheSameNameTellsNothing() {
    String body = "{\"name\": \"k\", \"cpu\": 1, \"memory\": 1024}";
    HttpResponse<String> first =
        town.owner.send("POST", "cimi/2/machineConfigs", body, "Idempotency-Key", "same");
    HttpResponse<String> other =
        town.stranger.send("POST", "cimi/2/machineConfigs", body, "Idempotency-Key", "same");
    HttpResponse<String> colleague =
        town.member.send("POST", "cimi/2/machineConfigs", body, "Idempotency-Key", "same");
    assertThat(List.of(other, colleague))
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isEqualTo(201);
          assertThat(answer.headers().firstValue("Location"))
              .isNotEqualTo(first.headers().firstValue("Location"));
        });
  }

  /** Tokens are their users' own, also in the jobs and events that their making leaves. */
  @Test
  void aColleagueHearsNothingOfTokens() {
    String token = town.url("ApiToken");
    String path = token.substring(token.indexOf("apiTokens/"));
    for (String where : List.of("cimi/2/jobs", "cimi/1/jobs", "broker/1/events")) {
      assertThat(town.owner.get(where).statusCode()).isEqualTo(200);
      assertThat(town.member.get(where).body()).as(where).doesNotContain(path);
    }
    assertThat(town.member.get(token).statusCode()).isEqualTo(404);
    assertThat(town.member.get("broker/1/apiTokens").body()).doesNotContain(path);
  }

  @Test
  void aStreamTellsOfTheOwnTenantOnly() throws IOException {
    HttpResponse<InputStream> stream = town.stranger.stream("broker/1/events");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry");
      String body = "{'name': '%s', 'cpu': 1, 'memory': 1024}";
      town.owner.made("cimi/2/machineConfigs", body.formatted(MARK + "-heard"));
      town.stranger.made("cimi/2/machineConfigs", body.formatted("mine"));
      StringBuilder heard = new StringBuilder();
      String line = lines.readLine();
      while (line != null && !line.contains("\"mine\"")) {
        heard.append(line).append('\n');
        line = lines.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(heard.toString()).doesNotContain(MARK);
    }
  }

  @Test
  void metricsNameNobody() {
    String metrics = town.admin.get("metrics").body();
    assertThat(metrics).contains("jvm_").doesNotContain(MARK).doesNotContain("others");
  }
}
