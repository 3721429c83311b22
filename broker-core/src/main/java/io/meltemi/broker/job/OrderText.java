package io.meltemi.broker.job;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.pivot.AddressOrder;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.SystemOrder;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Orders as a job remembers them. They hold passwords and user data, so the text is sealed. What an
 * order said about its place is kept for the places at which it is tried later, but for the policy,
 * which has ranked them, and the age of facts, which only grow younger.
 */
final class OrderText {
  private static final String PURPOSE = "order";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Secrets secrets;

  OrderText(Secrets secrets) {
    this.secrets = secrets;
  }

  String seal(Order order) {
    ObjectNode json =
        switch (order) {
          case MachineOrder machine -> json(machine);
          case VolumeOrder volume -> json(volume);
          case NetworkOrder network -> json(network);
          case AddressOrder address -> throw unknown(address);
          case SystemOrder system -> throw unknown(system);
        };
    return secrets.seal(PURPOSE, json.toString());
  }

  private static IllegalArgumentException unknown(Order order) {
    return new IllegalArgumentException("no job carries out " + order);
  }

  private static ObjectNode json(NetworkOrder order) {
    ObjectNode json = JSON.createObjectNode().put("network", true).put("name", order.name());
    order.cidr().ifPresent(range -> json.put("cidr", range));
    order.mtu().ifPresent(mtu -> json.put("mtu", mtu));
    order.classOfService().ifPresent(name -> json.put("classOfService", name));
    terms(json, order);
    return json;
  }

  private static NetworkOrder network(JsonNode json) {
    return new NetworkOrder(
        json.path("name").asText(),
        text(json, "cidr"),
        json.has("mtu") ? OptionalLong.of(json.path("mtu").asLong()) : OptionalLong.empty(),
        text(json, "classOfService"),
        terms(json));
  }

  private static ObjectNode json(VolumeOrder order) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", order.name()).put("capacity", order.capacityKilobytes());
    order.type().ifPresent(type -> json.put("type", type));
    unmet(json, order.unmet());
    terms(json, order);
    order.source().ifPresent(source -> source(json.putObject("source"), source));
    return json;
  }

  private static void source(ObjectNode json, VolumeOrder.Source source) {
    json.put("image", source.image())
        .put("imageName", source.imageName())
        .put("account", source.account())
        .put("location", source.location())
        .put("snapshot", source.snapshot())
        .put("capacity", source.capacityKilobytes());
    source.type().ifPresent(type -> json.put("type", type));
  }

  private static void json(ObjectNode json, Nic nic) {
    json.put("network", nic.network()).put("name", nic.name()).put("account", nic.account());
  }

  private static Nic nic(JsonNode json) {
    return new Nic(
        json.path("network").asText(), json.path("name").asText(), json.path("account").asText());
  }

  private static ObjectNode json(Mount mount) {
    ObjectNode json =
        switch (mount) {
          case Mount.Fresh fresh -> {
            ObjectNode one = JSON.createObjectNode();
            one.set("order", json(fresh.order()));
            yield one;
          }
          case Mount.Existing there ->
              JSON.createObjectNode()
                  .put("volume", there.volume())
                  .put("name", there.name())
                  .put("account", there.account())
                  .put("location", there.location());
        };
    mount.at().ifPresent(where -> json.put("at", where));
    return json;
  }

  private static Mount mount(JsonNode json) {
    Optional<String> at = text(json, "at");
    return json.has("order")
        ? new Mount.Fresh(volume(json.path("order")), at)
        : new Mount.Existing(
            json.path("volume").asText(),
            json.path("name").asText(),
            json.path("account").asText(),
            json.path("location").asText(),
            at);
  }

  private static VolumeOrder volume(JsonNode json) {
    return new VolumeOrder(
        json.path("name").asText(),
        json.path("capacity").asLong(),
        text(json, "type"),
        json.has("source") ? Optional.of(source(json.path("source"))) : Optional.empty(),
        terms(json),
        unmet(json));
  }

  private static VolumeOrder.Source source(JsonNode json) {
    return new VolumeOrder.Source(
        json.path("image").asText(),
        json.path("imageName").asText(),
        json.path("account").asText(),
        json.path("location").asText(),
        text(json, "type"),
        json.path("snapshot").asText(),
        json.path("capacity").asLong());
  }

  private static ObjectNode json(MachineOrder order) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", order.name())
        .put("cpu", order.cpu())
        .put("memory", order.memoryKibibytes())
        .put("image", order.image())
        .put("imageName", order.imageName())
        .put("initialState", order.initialState().name());
    order.disksKilobytes().forEach(json.putArray("disks")::add);
    order.guestPorts().forEach(json.putArray("guestPorts")::add);
    order.cpuArchitecture().ifPresent(value -> json.put("cpuArchitecture", value));
    order.cpuSpeedMegahertz().ifPresent(value -> json.put("cpuSpeed", value));
    order.userDataBase64().ifPresent(value -> json.put("userData", value));
    order.login().ifPresent(login -> login(json.putObject("login"), login));
    order.mounts().forEach(mount -> json.withArray("mounts").add(json(mount)));
    order.nics().forEach(nic -> json(json.withArray("nics").addObject(), nic));
    if (order.floatingAddress()) json.put("floatingAddress", true);
    if (order.floating() == MachineOrder.Floating.WISHED) json.put("floatingAddressOptional", true);
    unmet(json, order.unmet());
    terms(json, order);
    return json;
  }

  Order open(String sealed) {
    JsonNode json = parse(secrets.open(PURPOSE, sealed));
    if (json.path("network").asBoolean()) return network(json);
    return json.has("cpu") ? machine(json) : volume(json);
  }

  private static MachineOrder machine(JsonNode json) {
    List<Long> disks = new ArrayList<>();
    json.path("disks").forEach(size -> disks.add(size.asLong()));
    List<Integer> ports = new ArrayList<>();
    json.path("guestPorts").forEach(port -> ports.add(port.asInt()));
    return new MachineOrder(
        json.path("name").asText(),
        json.path("cpu").asInt(),
        json.path("memory").asLong(),
        disks,
        text(json, "cpuArchitecture"),
        json.has("cpuSpeed") ? OptionalInt.of(json.path("cpuSpeed").asInt()) : OptionalInt.empty(),
        json.path("image").asText(),
        json.path("imageName").asText(),
        text(json, "userData"),
        json.has("login") ? Optional.of(login(json.path("login"))) : Optional.empty(),
        ports,
        MachineState.valueOf(json.path("initialState").asText()),
        terms(json),
        json.path("mounts").valueStream().map(OrderText::mount).toList(),
        json.path("nics").valueStream().map(OrderText::nic).toList(),
        floating(json),
        unmet(json));
  }

  private static MachineOrder.Floating floating(JsonNode json) {
    if (!json.path("floatingAddress").asBoolean()) return MachineOrder.Floating.NONE;
    return json.path("floatingAddressOptional").asBoolean()
        ? MachineOrder.Floating.WISHED
        : MachineOrder.Floating.DEMANDED;
  }

  private static void terms(ObjectNode json, Order order) {
    Terms terms = order.terms();
    terms.rules().ifPresent(rules -> json.put("rules", rules));
    words(json, "accounts", terms.accounts());
    words(json, "countries", terms.countries());
    words(json, "locations", terms.locations());
    terms.priceCapPerHour().ifPresent(cap -> json.put("priceCap", cap.toPlainString()));
    terms.priceCurrency().ifPresent(currency -> json.put("currency", currency));
    words(json, "abilities", terms.abilities().stream().map(Capability::name).collect(toSet()));
    words(json, "volumeTypes", terms.volumeTypes());
    terms.ports().stream().sorted().forEach(port -> json.withArray("ports").add(port));
  }

  private static void words(ObjectNode json, String name, Set<String> words) {
    words.stream().sorted().forEach(word -> json.withArray(name).add(word));
  }

  private static Terms terms(JsonNode json) {
    return new Terms(
            Optional.empty(),
            text(json, "rules"),
            words(json, "accounts"),
            words(json, "countries"),
            words(json, "locations"),
            text(json, "priceCap").map(BigDecimal::new),
            text(json, "currency"),
            words(json, "abilities").stream().map(Capability::valueOf).collect(toSet()))
        .ofVolumeTypes(words(json, "volumeTypes"))
        .opening(json.path("ports").valueStream().map(JsonNode::asInt).collect(toSet()));
  }

  private static Set<String> words(JsonNode json, String name) {
    return json.path(name).valueStream().map(JsonNode::asText).collect(toSet());
  }

  private static void unmet(ObjectNode json, Map<String, String> wishes) {
    wishes.forEach((attribute, wish) -> json.withObject("/unmet").put(attribute, wish));
  }

  private static Map<String, String> unmet(JsonNode json) {
    Map<String, String> wishes = new LinkedHashMap<>();
    json.path("unmet")
        .properties()
        .forEach(each -> wishes.put(each.getKey(), each.getValue().asText()));
    return wishes;
  }

  private static void login(ObjectNode json, MachineOrder.Login login) {
    login.userName().ifPresent(value -> json.put("userName", value));
    login.password().ifPresent(value -> json.put("password", value));
    login.publicKey().ifPresent(value -> json.put("publicKey", value));
  }

  private static MachineOrder.Login login(JsonNode json) {
    return new MachineOrder.Login(
        text(json, "userName"), text(json, "password"), text(json, "publicKey"));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored order cannot be read", e);
    }
  }
}
