package io.meltemi.broker.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.Amounts;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Inventories as they stand in documents, so that a restart knows them at once. */
final class InventoryText {
  private InventoryText() {}

  static ObjectNode json(Inventory inventory) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("observed", inventory.observed().toString()).put("source", inventory.source());
    json.set("quotaLimit", Amounts.json(inventory.quotaLimit()));
    json.set("quotaUsed", Amounts.json(inventory.quotaUsed()));
    inventory.places().forEach(place -> place(json.withArray("places").addObject(), place));
    inventory.sizes().forEach(size -> size(json.withArray("sizes").addObject(), size));
    inventory.images().forEach(image -> image(json.withArray("images").addObject(), image));
    storage(json.putObject("storage"), inventory.storage());
    inventory.networks().forEach(each -> network(json.withArray("networks").addObject(), each));
    ObjectNode networking = json.putObject("networking");
    networking.set("quotaLimit", Amounts.json(inventory.networking().quotaLimit()));
    networking.set("quotaUsed", Amounts.json(inventory.networking().quotaUsed()));
    return json;
  }

  static Inventory inventory(JsonNode json) {
    return new Inventory(
        json.path("places").valueStream().map(InventoryText::place).toList(),
        json.path("sizes").valueStream().map(InventoryText::size).toList(),
        json.path("images").valueStream().map(InventoryText::image).toList(),
        Amounts.amount(json.path("quotaLimit")),
        Amounts.amount(json.path("quotaUsed")),
        Instant.parse(json.path("observed").asText()),
        json.path("source").asText(),
        json.has("storage") ? storage(json.path("storage")) : Inventory.Storage.NONE,
        json.path("networks").valueStream().map(InventoryText::network).toList(),
        json.has("networking") ? networking(json.path("networking")) : floating(json));
  }

  private static Inventory.Networking networking(JsonNode json) {
    return new Inventory.Networking(
        Amounts.networkAmount(json.path("quotaLimit"), Long.MAX_VALUE),
        Amounts.networkAmount(json.path("quotaUsed"), 0));
  }

  /** What was stored before there was a quota of networks tells that of floating addresses. */
  private static Inventory.Networking floating(JsonNode json) {
    long none = Long.MAX_VALUE;
    JsonNode told = json.path("floating");
    return new Inventory.Networking(
        new NetworkAmount(none, none, none, told.path("quotaLimit").asLong(none)),
        new NetworkAmount(0, 0, 0, told.path("quotaUsed").asLong()));
  }

  private static void network(ObjectNode json, Inventory.Network network) {
    json.put("id", network.id()).put("name", network.name());
    json.put("outside", network.outside()).put("open", network.open());
    network.mtu().ifPresent(mtu -> json.put("mtu", mtu));
    network.subnets().forEach(json.withArray("subnets")::add);
    network.places().stream().sorted().forEach(json.withArray("places")::add);
  }

  private static Inventory.Network network(JsonNode json) {
    return new Inventory.Network(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("outside").asBoolean(),
        json.path("open").asBoolean(),
        json.has("mtu") ? OptionalLong.of(json.path("mtu").asLong()) : OptionalLong.empty(),
        json.path("subnets").valueStream().map(JsonNode::asText).toList(),
        texts(json, "places"));
  }

  private static void storage(ObjectNode json, Inventory.Storage storage) {
    json.set("quotaLimit", Amounts.json(storage.quotaLimit()));
    json.set("quotaUsed", Amounts.json(storage.quotaUsed()));
    storage.types().forEach(type -> type(json.withArray("types").addObject(), type));
  }

  private static Inventory.Storage storage(JsonNode json) {
    return new Inventory.Storage(
        json.path("types").valueStream().map(InventoryText::type).toList(),
        Amounts.amount(json.path("quotaLimit")),
        Amounts.amount(json.path("quotaUsed")));
  }

  private static void type(ObjectNode json, Inventory.VolumeType type) {
    put(json, "id", type.id());
    json.put("name", type.name()).put("most", type.mostKilobytes());
    price(json, type.pricePerGigabyte());
    type.freeKilobytes().ifPresent(free -> json.put("free", free));
    type.places().stream().sorted().forEach(json.withArray("places")::add);
  }

  private static Inventory.VolumeType type(JsonNode json) {
    return new Inventory.VolumeType(
        text(json, "id"),
        json.path("name").asText(),
        json.path("most").asLong(),
        price(json),
        texts(json, "places"),
        json.has("free") ? OptionalLong.of(json.path("free").asLong()) : OptionalLong.empty());
  }

  private static void price(ObjectNode json, Optional<Price> price) {
    price.ifPresent(known ->
        json.put("price", known.perHour().toPlainString()).put("currency", known.currency()));
  }

  private static Optional<Price> price(JsonNode json) {
    return text(json, "price")
        .map(price -> new Price(new BigDecimal(price), json.path("currency").asText()));
  }

  private static void place(ObjectNode json, Inventory.Place place) {
    Location at = place.location();
    json.put("id", at.id());
    put(json, "continent", at.continent());
    put(json, "country", at.country());
    put(json, "site", at.site());
    put(json, "lan", at.lan());
    put(json, "host", at.host());
    json.set("free", Amounts.json(place.free()));
    place.abilities().stream().sorted().forEach(can -> json.withArray("abilities").add(can.name()));
    put(json, "cpuArchitecture", place.cpuArchitecture());
    json.put("mostCards", place.mostCards());
  }

  private static Inventory.Place place(JsonNode json) {
    return new Inventory.Place(
        new Location(
            json.path("id").asText(),
            text(json, "continent"),
            text(json, "country"),
            text(json, "site"),
            text(json, "lan"),
            text(json, "host")),
        Amounts.amount(json.path("free")),
        texts(json, "abilities").stream().map(Capability::valueOf).collect(Collectors.toSet()),
        text(json, "cpuArchitecture"),
        json.path("mostCards").asInt(Integer.MAX_VALUE));
  }

  private static void size(ObjectNode json, Inventory.Size size) {
    put(json, "id", size.id());
    json.put("name", size.name());
    json.set("shape", Amounts.json(size.shape()));
    price(json, size.price());
    size.places().stream().sorted().forEach(json.withArray("places")::add);
  }

  private static Inventory.Size size(JsonNode json) {
    return new Inventory.Size(
        text(json, "id"),
        json.path("name").asText(),
        Amounts.amount(json.path("shape")),
        price(json),
        texts(json, "places"));
  }

  private static void image(ObjectNode json, Inventory.Image image) {
    json.put("id", image.id()).put("name", image.name());
    put(json, "cpuArchitecture", image.cpuArchitecture());
    json.put("leastMemory", image.leastMemoryKibibytes());
    json.put("leastDisk", image.leastDiskKilobytes());
    image.places().stream().sorted().forEach(json.withArray("places")::add);
  }

  private static Inventory.Image image(JsonNode json) {
    return new Inventory.Image(
        json.path("id").asText(),
        json.path("name").asText(),
        text(json, "cpuArchitecture"),
        json.path("leastMemory").asLong(),
        json.path("leastDisk").asLong(),
        texts(json, "places"));
  }

  private static void put(ObjectNode json, String name, Optional<String> value) {
    value.ifPresent(text -> json.put(name, text));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }

  private static Set<String> texts(JsonNode json, String name) {
    List<String> all = json.path(name).valueStream().map(JsonNode::asText).toList();
    return Set.copyOf(all);
  }
}
