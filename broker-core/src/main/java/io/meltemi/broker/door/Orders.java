package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.door.Blueprints.Blueprint;
import io.meltemi.broker.store.Row;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.Terms;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes a machine order of a create request: every reference is looked up, every override and
 * erasure carried out (R47 to R51), nothing is left to look up.
 */
final class Orders {
  private static final int LONGEST_USER_DATA = 65_536;
  private static final List<Integer> DEFAULT_PORTS = List.of(22, 80);
  private static final String TEMPLATE = "machineTemplate";

  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Logins logins;
  private final Images images;
  private final Wishes wishes;
  private final Mounts mounts;
  private final Cards cards;

  Orders(
      Kinds kinds,
      Blueprints blueprints,
      Logins logins,
      Images images,
      Wishes wishes,
      Mounts mounts,
      Cards cards) {
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.logins = logins;
    this.images = images;
    this.wishes = wishes;
    this.mounts = mounts;
    this.cards = cards;
  }

  /**
   * A request understood.
   *
   * @param config the size, as it was resolved
   * @param rules what the tenant says about all its orders
   * @param mounts the volumes that it gets
   */
  record Understood(MachineOrder order, ObjectNode config, TenantRules rules, List<Mount> mounts) {}

  Understood understood(Request request, ObjectNode body) {
    Caller caller = request.caller();
    Face face = request.intent().face();
    ObjectNode template = template(caller, face, body);
    Blueprint config =
        part(caller, face, "MachineConfiguration", template.path("machineConfig"), "machineConfig");
    Row image = images.meant(caller, template.path("machineImage"), TEMPLATE + ".machineImage");
    JsonNode placement = Wishes.joined(body.path("placement"), template.path("placement"));
    TenantRules rules = wishes.ofTenant(caller);
    Terms terms = rules.with(wishes.ofNoVolume(caller, placement));
    ObjectNode size = config.values();
    Logins.Understood login =
        logins.of(caller, face, template.path("credential"), TEMPLATE + ".credential");
    MachineOrder order =
        new MachineOrder(
            body.path("name").asText(""),
            size.path("cpu").asInt(),
            size.path("memory").asLong(),
            disks(size),
            Optional.ofNullable(size.path("cpuArch").textValue()),
            size.has("cpuSpeed")
                ? OptionalInt.of(size.path("cpuSpeed").asInt())
                : OptionalInt.empty(),
            image.id(),
            image.name(),
            userData(template),
            login.login(),
            ports(terms, rules, image),
            state(template),
            terms);
    List<Mount> wanted = mounts.understood(request, template, rules, order.name(), TEMPLATE);
    return new Understood(
        order
            .mounting(wanted)
            .in(cards.understood(caller, face, body.path(TEMPLATE), template, TEMPLATE))
            .floating(floating(template))
            .wishing(Unmet.ofMachine(template, size, login.unmet())),
        size,
        rules,
        wanted);
  }

  private ObjectNode template(Caller caller, Face face, ObjectNode body) {
    return blueprints
        .read(caller, face, kinds.get("MachineTemplate"), body.path(TEMPLATE), TEMPLATE)
        .values();
  }

  private Blueprint part(Caller caller, Face face, String kind, JsonNode given, String member) {
    return blueprints.read(caller, face, kinds.get(kind), given, TEMPLATE + "." + member);
  }

  private static List<Long> disks(ObjectNode size) {
    List<Long> disks = new ArrayList<>();
    size.path("disks").forEach(disk -> disks.add(disk.path("capacity").asLong()));
    return disks;
  }

  private static Optional<String> userData(ObjectNode template) {
    Optional<String> given =
        Optional.ofNullable(template.path("userData").textValue())
            .map(String::strip)
            .filter(each -> !each.isEmpty());
    given.ifPresent(text -> checkUserData(text, TEMPLATE + ".userData"));
    return given;
  }

  /**
   * Refuses user data that no machine could be given.
   *
   * @param field path of the attribute, for refusals
   */
  static void checkUserData(String text, String field) {
    if (text.length() > LONGEST_USER_DATA) {
      throw Refusals.attribute(
          "value",
          field,
          "userData has " + text.length() + " characters.",
          "Give at most " + LONGEST_USER_DATA + "; let the machine fetch what is larger.");
    }
    try {
      Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw Refusals.attribute(
          "value",
          field,
          "userData is not Base64.",
          "Encode the data with Base64 without line breaks.");
    }
  }

  /** What the order names, else its tenant, else what the image is made for. */
  private static List<Integer> ports(Terms terms, TenantRules rules, Row image) {
    Set<Integer> named = terms.ports().isEmpty() ? rules.terms().ports() : terms.ports();
    if (!named.isEmpty()) return named.stream().sorted().toList();
    List<Integer> ofImage = new ArrayList<>();
    image.inner().path("guestPorts").forEach(port -> ofImage.add(port.asInt()));
    return ofImage.isEmpty() ? DEFAULT_PORTS : ofImage;
  }

  private static MachineOrder.Floating floating(ObjectNode template) {
    if (!template.path("floatingAddress").asBoolean()) return MachineOrder.Floating.NONE;
    return template.path("floatingAddressOptional").asBoolean()
        ? MachineOrder.Floating.WISHED
        : MachineOrder.Floating.DEMANDED;
  }

  private static MachineState state(ObjectNode template) {
    return Optional.ofNullable(template.path("initialState").textValue())
        .map(MachineState::valueOf)
        .orElse(InitialStates.DEFAULT);
  }
}
