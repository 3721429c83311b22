package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
