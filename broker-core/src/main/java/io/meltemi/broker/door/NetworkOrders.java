package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.connector.AddressRange;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.NetworkOrder;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a network order of a create request: nothing is left to look up. */
final class NetworkOrders {
  private static final String TEMPLATE = "networkTemplate";
  private static final String CONFIG = "networkConfig";

  /** Smaller ones have no room beside router and address server, larger ones no provider gives. */
  private static final int SMALLEST = 28;

  private static final int LARGEST = 8;

  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Wishes wishes;

  NetworkOrders(Kinds kinds, Blueprints blueprints, Wishes wishes) {
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.wishes = wishes;
  }

  /**
   * A request understood.
   *
   * @param rules what the tenant says about all its orders
   */
  record Understood(NetworkOrder order, TenantRules rules) {}

  Understood understood(Request request, ObjectNode body) {
    Caller caller = request.caller();
    Face face = request.intent().face();
    TenantRules rules = wishes.ofTenant(caller);
    ObjectNode template =
        blueprints
            .read(caller, face, kinds.get("NetworkTemplate"), body.path(TEMPLATE), TEMPLATE)
            .values();
    check(template, TEMPLATE + ".");
    ObjectNode config = config(caller, template);
    JsonNode placement =
        body.path("placement").isObject() ? body.path("placement") : template.path("placement");
    NetworkOrder order =
        new NetworkOrder(
            body.path("name").asText(""),
            Optional.ofNullable(template.path("subnet").textValue())
                .flatMap(AddressRange::parse)
                .map(AddressRange::toString),
            config.has("mtu") ? OptionalLong.of(config.path("mtu").asLong()) : OptionalLong.empty(),
            Optional.ofNullable(config.path("classOfService").textValue()),
            rules.with(wishes.ofNoVolume(caller, placement)));
    return new Understood(order, rules);
  }

  /** Configurations are of 1.x, whatever the version through which the order came. */
  private ObjectNode config(Caller caller, ObjectNode template) {
    if (!template.path(CONFIG).isObject()) return JsonNodeFactory.instance.objectNode();
    String field = TEMPLATE + "." + CONFIG;
    ObjectNode config =
        blueprints
            .read(
                caller,
                Face.CIMI_1,
                kinds.get("NetworkConfiguration"),
                template.path(CONFIG),
                field)
            .values();
    if (config.path("networkType").asText().equals("PUBLIC")) {
      throw Refusals.attribute(
          "value",
          field + ".networkType",
          "No place makes a network that the world reaches.",
          "Leave it out, or give PRIVATE; networks that are PUBLIC are in the collection.");
    }
    return config;
  }

  /**
   * Refuses what no order could be given.
   *
   * @param prefix path of the template in the request
   */
  static void check(ObjectNode template, String prefix) {
    if (template.path("initialState").asText().equals("STOPPED")) {
      throw Refusals.attribute(
          "value",
          prefix + "initialState",
          "No place makes a network that is STOPPED.",
          "Leave it out, or give STARTED.");
    }
    Optional<String> subnet = Optional.ofNullable(template.path("subnet").textValue());
    boolean wrong =
        subnet.isPresent()
            && AddressRange.parse(subnet.get())
                .filter(range -> range.prefix() >= LARGEST && range.prefix() <= SMALLEST)
                .filter(AddressRange::usable)
                .isEmpty();
    if (wrong) {
      throw Refusals.attribute(
          "value",
          prefix + "subnet",
          "'" + Refusals.shown(subnet.get()) + "' is no range for a network.",
          "Give its first IPv4 address and a prefix from "
              + LARGEST
              + " to "
              + SMALLEST
              + ", such as 10.1.2.0/24, or leave it out.");
    }
  }
}
