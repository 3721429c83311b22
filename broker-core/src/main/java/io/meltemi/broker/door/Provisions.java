package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.named;
import static io.meltemi.broker.door.DerivedHandler.object;
import static io.meltemi.broker.door.DerivedHandler.reference;
import static io.meltemi.broker.door.DerivedHandler.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Offer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Connectors, locations and offers, as installed and as discovered: facts, not rows. */
final class Provisions {
  private final Kinds kinds;
  private final Catalog catalog;
  private final List<ConnectorFactory> connectors;

  Provisions(Kinds kinds, Catalog catalog, List<ConnectorFactory> connectors) {
    this.kinds = kinds;
    this.catalog = catalog;
    this.connectors = connectors;
  }

  Map<String, Handler> handlers() {
    return Map.of(
        "Connector", new Connectors(), "Location", new Locations(), "Offer", new Offers());
  }

  private final class Connectors extends DerivedHandler {
    @Override
    List<Resource> all(Caller caller, Place place) {
      return connectors.stream().map(this::connector).toList();
    }

    private Resource connector(ConnectorFactory factory) {
      ObjectNode attributes = named(factory.name());
      ArrayNode settings = attributes.putArray("settings");
      for (ConnectorFactory.Setting setting : factory.settings()) {
        ObjectNode one = settings.addObject();
        one.put("name", setting.name()).put("description", setting.description());
        one.put("mandatory", setting.mandatory()).put("secret", setting.secret());
        setting.fallback().ifPresent(value -> one.put("fallback", value));
      }
      return resource(kinds.get("Connector"), "connectors/" + factory.name(), attributes);
    }
  }

  private final class Locations extends DerivedHandler {
    @Override
    List<Resource> all(Caller caller, Place place) {
      Map<String, List<Offer>> places = new LinkedHashMap<>();
      for (Offer offer : catalog.offers(caller.tenant()).offers()) {
        places.computeIfAbsent(path(offer), none -> new ArrayList<>()).add(offer);
      }
      return places.entrySet().stream()
          .map(entry -> location(entry.getKey(), entry.getValue()))
          .toList();
    }

    private Resource location(String path, List<Offer> offers) {
      Offer any = offers.getFirst();
      Location location = any.location();
      ObjectNode attributes = named(location.id());
      attributes.set("account", reference("accounts/" + any.account()));
      attributes.put("location", location.id()).put("offers", offers.size());
      learnt(attributes, any, any.confidence().told());
      location.continent().ifPresent(value -> attributes.put("continent", value));
      location.country().ifPresent(value -> attributes.put("country", value));
      location.site().ifPresent(value -> attributes.put("site", value));
      location.lan().ifPresent(value -> attributes.put("lan", value));
      location.host().ifPresent(value -> attributes.put("host", value));
      attributes.set("abilities", abilities(any));
      return resource(kinds.get("Location"), path, attributes);
    }

    private static String path(Offer offer) {
      return "locations/" + derived(offer.account() + " " + offer.location().id());
    }
  }

  private final class Offers extends DerivedHandler {
    @Override
    List<Resource> all(Caller caller, Place place) {
      return catalog.offers(caller.tenant()).offers().stream().map(this::offer).toList();
    }

    private Resource offer(Offer offer) {
      ObjectNode attributes = named(offer.size().orElse(offer.location().id()));
      attributes.put("offer", offer.id()).put("connector", offer.connector());
      attributes.set("account", reference("accounts/" + offer.account()));
      attributes.set("location", reference(Locations.path(offer)));
      offer.location().country().ifPresent(value -> attributes.put("country", value));
      offer.size().ifPresent(value -> attributes.put("size", value));
      offer.volumeType().ifPresent(type -> attributes.put("volumeType", type.name()));
      offer.cpuArchitecture().ifPresent(value -> attributes.put("cpuArch", value));
      attributes.put("sort", offer.sort().name());
      attributes.set("shape", shape(offer));
      limited(attributes, "free", limited(offer, offer.free()));
      ObjectNode quotaLeft = limited(offer, offer.quotaLeft());
      NetworkAmount networkLeft = offer.networkLeft();
      put(quotaLeft, "networks", networkLeft.networks());
      put(quotaLeft, "subnets", networkLeft.subnets());
      put(quotaLeft, "ports", networkLeft.ports());
      put(quotaLeft, "addresses", networkLeft.addresses());
      limited(attributes, "quotaLeft", quotaLeft);
      ArrayNode images = attributes.putArray("images");
      new TreeSet<>(offer.images().keySet()).forEach(path -> images.add(reference(path)));
      attributes.set("abilities", abilities(offer));
      offer
          .price()
          .ifPresent(price ->
              attributes
                  .putObject("price")
                  .put("perHour", price.perHour().toPlainString())
                  .put("currency", price.currency()));
      learnt(attributes, offer, offer.confidence());
      return resource(kinds.get("Offer"), "offers/" + derived(offer.id()), attributes);
    }
  }

  /** When and how it was learnt, and how far it can be relied on. */
  private void learnt(ObjectNode attributes, Offer offer, Confidence confidence) {
    attributes.put("observed", offer.observed().toString());
    attributes.put("confidence", confidence.name());
    catalog.learnt(offer.account()).ifPresent(learnt -> attributes.put("source", learnt.source()));
  }

  /** A volume has no CPU to tell of, and a network nothing. */
  private static ObjectNode shape(Offer offer) {
    ObjectNode told = amount(offer.shape());
    return switch (offer.sort()) {
      case MACHINE -> told.without("volumes");
      case VOLUME -> told.retain("disk");
      case NETWORK -> told.removeAll();
    };
  }

  private static ArrayNode abilities(Offer offer) {
    ArrayNode abilities = object().putArray("abilities");
    new TreeSet<>(offer.abilities()).forEach(ability -> abilities.add(ability.name()));
    return abilities;
  }

  private static ObjectNode limited(Offer offer, Amount amount) {
    ObjectNode told = amount(amount);
    return switch (offer.sort()) {
      case MACHINE -> told.without("volumes");
      case VOLUME -> told.retain("disk", "volumes");
      case NETWORK -> told.removeAll();
    };
  }

  private static void limited(ObjectNode attributes, String name, ObjectNode told) {
    if (!told.isEmpty()) attributes.set(name, told);
  }

  /** What is limited; what is not is left out. */
  private static ObjectNode amount(Amount amount) {
    ObjectNode told = object();
    put(told, "machines", amount.machines());
    put(told, "cpu", amount.cpu());
    put(told, "memory", amount.memoryKibibytes());
    put(told, "disk", amount.diskKilobytes());
    put(told, "volumes", amount.volumes());
    return told;
  }

  private static void put(ObjectNode told, String name, long value) {
    if (value != Long.MAX_VALUE) {
      told.put(name, value);
    }
  }

  /** Letters that a path bears, always the same for the same name. */
  private static String derived(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
