package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.placement.RuleSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant chooses its set of rules and its policy by name, and an order may choose others. */
class RuleSetStoryTest {
  @TempDir Path keys;
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(keys, List.of(new RuleSet("any-size", "Sizes do not count.", List.of("image"))));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void tenant(String placement) {
    world.broker.create(
        World.ADMIN,
        "tenants",
        json("{'name': 't1', 'placement': " + placement + "}"),
        World.through(Face.BROKER_1));
  }

  /** More processors than any size has. */
  private ObjectNode order(String placement) {
    ObjectNode order = json(world.order("m", ""));
    order.set("placement", json(placement));
    order.withObject("machineTemplate").set("machineConfig", json("{'cpu': 64, 'memory': 1024}"));
    return order;
  }

  private JsonNode decided(String placement) {
    world.broker.create(ANNA, "machines", order(placement), World.plain());
    return world.broker.list(ANNA, "decisions", World.ALL).items().stream()
        .map(Resource::attributes)
        .filter(decision -> decision.path("outcome").asText().equals("PLACED"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTenantsRulesAndPolicyCountWhereTheOrderNamesNone() {
    assertThat(refusal(() -> decided("{}")).code()).isEqualTo("machine.no-offer");

    tenant("{'policy': 'cheapest', 'rules': 'any-size'}");
    JsonNode decision = decided("{}");
    assertThat(decision.path("rules").asText()).isEqualTo("any-size");
    assertThat(decision.path("policy").asText()).isEqualTo("cheapest");
    assertThat(decision.path("choices").path(0).path("offer").asText()).isEqualTo("south/zone/m1");
    assertThat(((MachineOrder) world.jobs.orders.getLast()).cpu()).isEqualTo(64);
  }

  @Test
  void theOrdersWordRulesOverTheTenants() {
    tenant("{'policy': 'cheapest'}");
    JsonNode decision = decided("{'policy': 'first-fit', 'rules': 'any-size'}");
    assertThat(decision.path("rules").asText()).isEqualTo("any-size");
    assertThat(decision.path("policy").asText()).isEqualTo("first-fit");
    assertThat(decision.path("choices").path(0).path("offer").asText()).isEqualTo("north/zone/m1");
  }

  /** Whatever set is chosen. */
  @Test
  void whatTermsSayCountsInEverySet() {
    tenant("{'terms': {'countries': 'FR'}}");
    JsonNode decision = decided("{'rules': 'any-size'}");
    assertThat(decision.path("admitted").asInt()).isEqualTo(1);
    assertThat(decision.path("choices").path(0).path("offer").asText()).isEqualTo("south/zone/m1");
    Problem refused =
        refusal(() ->
            decided("{'rules': 'any-size', 'terms': {'priceCap': '0.001', 'maxAge': 'PT1S'}}"));
    assertThat(refused.details().orElseThrow().findValuesAsText("rule"))
        .containsOnly("country", "price", "freshness");
  }

  @Test
  void theSetsAreListedWithTheirRules() {
    JsonNode listed =
        world.broker.list(ANNA, "policies", World.ALL).items().stream()
            .map(each -> each.attributes())
            .filter(each -> each.path("name").asText().equals("any-size"))
            .findFirst()
            .orElseThrow();
    assertThat(listed.path("rules").valueStream().map(JsonNode::asText))
        .containsExactly(
            "image",
            "ability",
            "network",
            "location",
            "type",
            "account",
            "country",
            "price",
            "freshness");
  }
}
