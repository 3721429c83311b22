package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.Nic;
import java.util.ArrayList;
import java.util.List;

/**
 * The cards that a machine's template names: {@code networkInterfaces} of 1.x, {@code
 * interfaceTemplates} of 2.0. The latter are what is kept; the former follow from them.
 */
final class Cards {
  static final String OLD = "networkInterfaces";
  static final String NEW = "interfaceTemplates";
  private static final String TEMPLATE = "NetworkInterfaceTemplate";
  static final String NETWORK = "network";
  private static final int MOST = 16;

  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Store store;
  private final Catalog catalog;

  Cards(Kinds kinds, Blueprints blueprints, Store store, Catalog catalog) {
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * @param given the template as it stands in the request
   * @param template what it means, overrides and erasures carried out
   * @param field path of the template in the request, for refusals
   */
  List<Nic> understood(
      Caller caller, Face face, JsonNode given, ObjectNode template, String field) {
    Nets nets = new Nets(store, catalog, caller.tenant());
    List<Nic> nics = new ArrayList<>();
    if (given.has(OLD)) {
      for (JsonNode each : template.path(OLD)) {
        nics.add(nic(nets, each, path(field, OLD, nics.size())));
      }
    } else {
      for (JsonNode each : template.path(NEW)) {
        String place = path(field, NEW, nics.size());
        nics.add(nic(nets, read(caller, face, each, place), place));
      }
    }
    if (nics.size() > MOST) {
      throw Refusals.attribute(
          "value",
          within(field, given.has(OLD) ? OLD : NEW),
          nics.size() + " interfaces are too many.",
          "Give at most " + MOST + ".");
    }
    return nics;
  }

  private static String path(String field, String list, int number) {
    return within(field, list) + "[" + number + "]";
  }

  private static String within(String field, String list) {
    return field.isEmpty() ? list : field + "." + list;
  }

  /** Refuses what no order could be given. */
  void check(Request request, ObjectNode template) {
    List<Nic> ignored =
        understood(request.caller(), request.intent().face(), template, template, "");
  }

  /** Templates of interfaces are of 2.0, whatever the version through which the order came. */
  private ObjectNode read(Caller caller, Face face, JsonNode given, String field) {
    Face home = face == Face.CIMI_1 ? Face.CIMI_2 : face;
    ObjectNode card = blueprints.read(caller, home, kinds.get(TEMPLATE), given, field).values();
    if (card.path("initialState").asText().equals("DISABLED")) {
      throw Refusals.attribute(
          "value",
          field + ".initialState",
          "No place makes an interface that is DISABLED.",
          "Leave it out, or give ENABLED.");
    }
    return card;
  }

  private static Nic nic(Nets nets, JsonNode given, String field) {
    String place = field + "." + NETWORK;
    if (!given.path(NETWORK).has("href")) {
      throw Checks.missing(place + ".href");
    }
    String href = given.path(NETWORK).path("href").asText();
    Nets.Net net = nets.at(href).orElseThrow(() -> Refusals.reference(place + ".href", href));
    return new Nic(net.path(), net.name().isEmpty() ? net.path() : net.name(), net.account());
  }

  /** The row of a template as it is kept: what 1.x says stands in the words of 2.0. */
  static Row kept(Row template) {
    ObjectNode document = template.document().deepCopy();
    JsonNode old = document.remove(OLD);
    if (old == null) return template;
    document.set(NEW, inNewWords(old));
    return template.withDocument(document);
  }

  /** The row of a template that names no cards. */
  static Row without(Row template) {
    ObjectNode document = template.document().deepCopy();
    document.remove(NEW);
    return template.withDocument(document);
  }

  private static ArrayNode inNewWords(JsonNode old) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    old.forEach(each -> all.addObject().set(NETWORK, each.path(NETWORK)));
    return all;
  }
}
