package io.meltemi.webapp.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Checklist lines 1, 2 and 4: the walk is made of the description, so a new route is walked as soon
 * as it is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessWalkTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READER = basic("reader", "a word for readers");
  private static final String STRANGER = basic("stranger", "a word for strangers");
  private static final String ADMIN = basic("admin", TestBroker.PASSWORD);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestBroker broker = TestBroker.start("/stories/cloud.yaml");
  private final List<Route> routes = new ArrayList<>();

  private record Route(String verb, String path) {}

  AccessWalkTest() throws IOException {}

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @BeforeAll
  void readRoutesAndMakeUsers() throws Exception {
    JsonNode description =
        JSON.readTree(send("GET", "openapi", Map.of("Authorization", ADMIN), "").body());
    description
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> {
                  if (!verb.equals("parameters")) {
                    routes.add(new Route(verb.toUpperCase(Locale.ROOT), path.getKey()));
                  }
                }));
    made("broker/1/tenants", "{\"name\": \"others\"}");
    made(
        "broker/1/users",
        "{\"name\": \"reader\", \"password\": \"a word for readers\", \"memberships\":"
            + " [{\"tenant\": {\"href\": \"tenants/default\"}, \"role\": \"READER\"}]}");
    made(
        "broker/1/users",
        "{\"name\": \"stranger\", \"password\": \"a word for strangers\", \"memberships\":"
            + " [{\"tenant\": {\"href\": \"tenants/others\"}, \"role\": \"ADMIN\"}]}");
  }

  private String made(String collection, String body) throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            collection,
            Map.of("Authorization", ADMIN, "Content-Type", "application/json"),
            body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> send(
      String verb, String path, Map<String, String> headers, String body) throws Exception {
    String url = path.startsWith("http") ? path : broker.url() + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String filled(Route route) {
    return route.path().substring(1).replaceAll("\\{id\\d}", "x");
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @Test
  void theWalkIsLong() {
    assertThat(routes).hasSizeGreaterThan(100);
  }

  @Test
  void nobodyComesInAnywhere() throws Exception {
    for (Route route : routes) {
      HttpResponse<String> answer = send(route.verb(), filled(route), Map.of(), "");
      assertThat(answer.statusCode()).as(route + " " + answer.body()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).as("%s", route).isPresent();
    }
  }

  @Test
  void healthIsOpenAndTellsNoDetails() throws Exception {
    assertThat(send("GET", "health/live", Map.of(), "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "health/ready", Map.of(), "").statusCode()).isIn(200, 503);
  }

  @Test
  void aReaderChangesNothingAnywhere() throws Exception {
    Map<String, String> headers =
        Map.of("Authorization", READER, "Content-Type", "application/json");
    for (Route route : routes) {
      if (route.verb().equals("GET")) continue;
      HttpResponse<String> answer = send(route.verb(), filled(route), headers, "{}");
      assertThat(answer.statusCode()).as(route + " " + answer.body()).isBetween(400, 499);
    }
  }

  @Test
  void aReaderIsRefusedWhereAMemberWouldCreate() throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "cimi/2/machineConfigs",
            Map.of("Authorization", READER, "Content-Type", "application/json"),
            "{\"name\": \"mine\", \"cpu\": 1, \"memory\": 1024}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
  }

  @Test
  void whatAnotherTenantOwnsIsAsIfItWereNotThere() throws Exception {
    String config =
        made("cimi/2/machineConfigs", "{\"name\": \"ours\", \"cpu\": 1, \"memory\": 1024}");
    String missing = config.substring(0, config.lastIndexOf('/')) + "/0123456789abcdef";
    for (String verb : List.of("GET", "PUT", "DELETE")) {
      HttpResponse<String> foreign = asked(verb, config);
      HttpResponse<String> absent = asked(verb, missing);
      assertThat(foreign.statusCode()).as(verb + " " + foreign.body()).isEqualTo(404);
      assertThat(code(foreign)).isEqualTo(code(absent));
    }
    Set<String> names = new TreeSet<>();
    JsonNode page =
        JSON.readTree(
            send("GET", "cimi/2/machineConfigs", Map.of("Authorization", STRANGER), "").body());
    page.path("machineConfigurations").forEach(item -> names.add(item.path("name").asText()));
    assertThat(names).doesNotContain("ours");
    assertThat(page.path("count").asInt()).isEqualTo(names.size());
  }

  private HttpResponse<String> asked(String verb, String url) throws Exception {
    return send(
        verb,
        url,
        Map.of("Authorization", STRANGER, "Content-Type", "application/json"),
        verb.equals("PUT") ? "{\"name\": \"theirs\", \"cpu\": 2, \"memory\": 1024}" : "");
  }

  private static String code(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body()).path("code").asText();
  }

  @Test
  void aStrangerDoesNotActForATenantThatIsNotTheirs() throws Exception {
    HttpResponse<String> answer =
        send(
            "GET",
            "cimi/2/machines",
            Map.of("Authorization", STRANGER, "Meltemi-Tenant", "default"),
            "");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void theDescriptionRefersToNothingThatIsMissing() throws Exception {
    String text = send("GET", "openapi", Map.of("Authorization", ADMIN), "").body();
    JsonNode description = JSON.readTree(text);
    for (JsonNode reference : description.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
  }
}
