package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Type;
import io.meltemi.pivot.VolumeOrder;
import java.util.Optional;

/** Makes a volume order of a create request: nothing is left to look up. */
final class VolumeOrders {
  private static final String TEMPLATE = "volumeTemplate";

  private final Store store;
  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Checks checks;
  private final Wishes wishes;

  VolumeOrders(Store store, Kinds kinds, Blueprints blueprints, Checks checks, Wishes wishes) {
    this.store = store;
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.checks = checks;
    this.wishes = wishes;
  }

  /**
   * A request understood.
   *
   * @param rules what the tenant says about all its orders
   */
  record Understood(VolumeOrder order, TenantRules rules) {}

  Understood understood(Request request, ObjectNode body) {
    TenantRules rules = wishes.ofTenant(request.caller());
    return understood(
        request, body.path("name").asText(""), body, TEMPLATE, body.path("placement"), rules);
  }

  /**
   * Understands a template wherever it stands.
   *
   * @param name of the volume to be
   * @param holder what the template stands in, under its own name
   * @param field path of the template in the request, for refusals
   * @param placement what counts instead of the template's; missing for none
   */
  Understood understood(
      Request request,
      String name,
      JsonNode holder,
      String field,
      JsonNode placement,
      TenantRules rules) {
    Caller caller = request.caller();
    Face face = request.intent().face();
    ObjectNode template =
        blueprints
            .read(caller, face, kinds.get("VolumeTemplate"), holder.path(TEMPLATE), field)
            .values();
    ObjectNode config =
        blueprints
            .read(
                caller,
                face,
                kinds.get("VolumeConfiguration"),
                template.path("volumeConfig"),
                field + ".volumeConfig")
            .values();
    JsonNode wish = Wishes.joined(placement, template.path("placement"));
    VolumeOrder order =
        new VolumeOrder(
            name,
            config.path("capacity").asLong(),
            Optional.ofNullable(config.path("type").textValue()),
            source(caller, template.path("volumeImage"), field + ".volumeImage"),
            rules.with(wishes.of(caller, wish)),
            Unmet.ofVolume(template, config));
    return new Understood(order, rules);
  }

  private Optional<VolumeOrder.Source> source(Caller caller, JsonNode given, String field) {
    if (given.isMissingNode()) {
      return Optional.empty();
    }
    if (!given.has("href")) {
      throw Refusals.attribute(
          "value",
          field,
          "A volume image cannot be given by value.",
          "Refer to one of the collection volumeImages with href.");
    }
    Row image =
        checks
            .referred(
                caller,
                new Type.Ref(VolumeImageHandler.KIND),
                given.path("href").asText(),
                field + ".href")
            .orElseThrow();
    if (!image.state().equals("AVAILABLE")) {
      throw Problem.of(
              409,
              "image.not-available",
              "The image " + image.name() + " is " + image.state() + ".",
              "Wait until it is AVAILABLE, or choose another image.")
          .at(field)
          .asException();
    }
    return Optional.of(source(image));
  }

  private VolumeOrder.Source source(Row image) {
    JsonNode inner = image.inner();
    return new VolumeOrder.Source(
        image.id(),
        image.name().isEmpty() ? image.id() : image.name(),
        inner.path("made").path("account").asText(),
        inner.path("location").asText(),
        typeOf(image.tenant(), inner.path("subject").asText()),
        inner.path("made").path("handle").asText(),
        inner.path("capacity").asLong());
  }

  private Optional<String> typeOf(String tenant, String volume) {
    return store.read(tenant, volume).flatMap(Placed::of).flatMap(placed -> placed.spot().size());
  }
}
