package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import io.meltemi.webapp.TestBroker;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody sets what only the broker sets: each read-only attribute of each kind, and what rows hold.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist03FieldRightsTest {
  /** What stands in rows and at no door. */
  private static final List<String> HIDDEN =
      List.of("tenant", "owner", "kind", "generation", "_", "price", "inner", "secrets", "placed");

  private final Town town = new Town().furnished();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void aReadOnlyAttributeStaysAsItIs() {
    int tried = 0;
    for (Map.Entry<ResourceKind, String> each : edited().entrySet()) {
      Face face = face(each.getKey());
      for (Attribute attribute : each.getKey().attributes(face).values()) {
        if (attribute.consumerWritable() && attribute.mutable()) continue;
        Optional<String> value = another(attribute);
        if (value.isEmpty()) continue;
        tried++;
        holdUnchanged(each.getValue(), attribute.name(), value.get());
      }
      for (String common : List.of("id", "created", "updated", "parent", "resourceURI")) {
        holdUnchanged(each.getValue(), common, "\"2001-01-01T00:00:00Z\"");
      }
    }
    assertThat(tried).isGreaterThan(8);
  }

  @Test
  void whatRowsHoldIsNoAttribute() {
    for (Map.Entry<ResourceKind, String> each : edited().entrySet()) {
      for (String hidden : HIDDEN) {
        JsonNode before = town.owner.json(each.getValue());
        HttpResponse<String> answer =
            town.owner.send(
                "PUT", each.getValue() + "?$select=" + hidden, "{\"" + hidden + "\": \"others\"}");
        assertThat(answer.statusCode()).as(each.getKey().name() + hidden).isEqualTo(400);
        assertThat(town.owner.json(each.getValue())).isEqualTo(before);
      }
    }
  }

  /** What a user is and may do is for operators to say, and a token is what it was made. */
  @Test
  void nobodyRaisesThemselves() {
    String self = town.broker.url() + "broker/1/users/owner";
    HttpResponse<String> operator =
        town.owner.send("PUT", self + "?$select=operator", "{\"operator\": true}");
    assertThat(operator.statusCode()).as(operator.body()).isEqualTo(403);
    HttpResponse<String> token =
        town.owner.send("PUT", town.url("ApiToken") + "?$select=role", "{\"role\": \"ADMIN\"}");
    assertThat(token.statusCode()).as(token.body()).isEqualTo(405);
    assertThat(town.owner.json(self).path("operator").asBoolean()).isFalse();
  }

  /** One line each: who, for which tenant, what, and how it ended; nothing that was sent. */
  @Test
  void whatWasTriedStandsInTheLogWithItsAuthor(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("door.log");
    String config = town.url("MachineConfiguration");
    String secret = Town.nothing();
    String body = "{\"tenant\": \"" + secret + "\", \"created\": \"2001-01-01T00:00:00Z\"}";
    String named = "{\"name\": \"" + secret + "\"}";
    Map<HttpResponse<String>, List<String>> tried = new LinkedHashMap<>();
    try (AutoCloseable logging = TestBroker.logTo(log)) {
      assertThat(logging).isNotNull();
      String refused = config + "?$select=tenant&x=" + secret;
      tried.put(town.owner.send("PUT", refused, body), List.of("owner", "default", " 400 "));
      String aside = "{\"created\": \"2001-01-01T00:00:00Z\"}";
      tried.put(
          town.owner.send("PUT", config + "?$select=created", aside),
          List.of("owner", "default", ": 200"));
      tried.put(
          town.reader.send("PUT", config + "?$select=name", named),
          List.of("reader", "default", "refused: 403 right.reader"));
      tried.put(
          town.stranger.send("PUT", config + "?$select=name", named),
          List.of("stranger", "others", "refused: 404 resource.not-found"));
      tried.put(
          town.owner.send("PUT", config + "%0A%1B%5B2JERROR?$select=name", named),
          List.of("owner", "default", "??[2JERROR refused: 404"));
      tried.put(
          town.client("nobody", secret).send("PUT", config, body),
          List.of("refused: 401 identity.unknown"));
    }
    List<String> lines = Files.readAllLines(log, UTF_8);
    tried.forEach((answer, told) -> {
      String request = answer.headers().firstValue("Meltemi-Request").orElseThrow();
      List<String> found = lines.stream().filter(line -> line.contains(request)).toList();
      assertThat(found).as(answer.body()).hasSize(1);
      assertThat(found.getFirst()).startsWith("INFO ").contains("PUT /cimi/2/").contains(told);
    });
    assertThat(lines).noneMatch(line -> line.contains(secret) || line.startsWith("ERROR"));
  }

  private Map<ResourceKind, String> edited() {
    Map<ResourceKind, String> edited = new LinkedHashMap<>();
    for (ResourceKind kind : BrokerKinds.all().all()) {
      String url = town.owned.get(kind.name());
      boolean offered = kind.operations().stream().anyMatch(each -> each.name().equals("edit"));
      if (url != null && offered) edited.put(kind, url);
    }
    assertThat(edited.size()).isGreaterThanOrEqualTo(5);
    return edited;
  }

  private static Face face(ResourceKind kind) {
    return kind.faces().contains(Face.CIMI_2) ? Face.CIMI_2 : Face.BROKER_1;
  }

  /** Refused, or taken and left aside (R59); never done. */
  private void holdUnchanged(String url, String attribute, String value) {
    JsonNode before = town.owner.json(url);
    HttpResponse<String> answer =
        town.owner.send(
            "PUT", url + "?$select=" + attribute, "{\"" + attribute + "\": " + value + "}");
    assertThat(answer.statusCode()).as(url + " " + attribute + answer.body()).isIn(200, 400);
    assertThat(still(town.owner.json(url))).as(url + " " + attribute).isEqualTo(still(before));
  }

  private static JsonNode still(JsonNode resource) {
    ObjectNode still = resource.deepCopy();
    still.remove(List.of("updated"));
    return still;
  }

  /** A value of the attribute's type that it hardly has. */
  private static Optional<String> another(Attribute attribute) {
    if (!attribute.allowed().isEmpty()) {
      return Optional.of("\"" + attribute.allowed().getLast() + "\"");
    }
    return switch (attribute.type()) {
      case Type.Text text -> Optional.of("\"another\"");
      case Type.Whole whole -> Optional.of("7");
      case Type.Bool bool -> Optional.of("true");
      case Type.Time time -> Optional.of("\"2001-01-01T00:00:00Z\"");
      case Type.Uri uri -> Optional.of("\"http://another/\"");
      default -> Optional.empty();
    };
  }
}
