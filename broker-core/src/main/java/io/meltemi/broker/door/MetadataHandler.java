package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is told about resource types: here only what the broker can do now, computed from the
 * catalogue and the settings at each request (row A4); the rest stands in the declarations.
 */
final class MetadataHandler extends DerivedHandler {
  static final String KIND = "ResourceMetadata";

  private static final JsonNode YES = BooleanNode.TRUE;

  private final Rooms rooms;
  private final TermsReader terms;

  MetadataHandler(Rooms rooms, TermsReader terms) {
    this.rooms = rooms;
    this.terms = terms;
  }

  /** Only what the face knows is listed and counted; there each has its type's URI. */
  @Override
  public Page list(Caller caller, Place place, Query query) {
    List<Resource> known =
        all(caller, place).stream()
            .filter(each -> subject(each).faces().contains(query.face()))
            .map(each -> typed(each, query.face()))
            .toList();
    return Pages.of(caller, place, known, query);
  }

  private ResourceKind subject(Resource metadata) {
    return rooms.desk().kinds().get(metadata.attributes().path("name").asText());
  }

  private Resource typed(Resource metadata, Face face) {
    ObjectNode attributes = metadata.attributes().deepCopy();
    attributes.put("typeURI", face.typeUri(subject(metadata).name()));
    return new Resource(
        metadata.kind(), metadata.id(), metadata.generation(), attributes, metadata.operations());
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    List<Offer> offers = rooms.catalog().offers(caller.tenant()).offers();
    return rooms.desk().kinds().all().stream()
        .filter(kind -> !kind.faces().isEmpty())
        .map(kind -> described(place.kind(), kind, offers))
        .toList();
  }

  private Resource described(ResourceKind metadata, ResourceKind kind, List<Offer> offers) {
    ObjectNode attributes = named(kind.name());
    ArrayNode capabilities = attributes.putArray("capabilities");
    capabilities(kind.name(), offers)
        .forEach((name, value) -> capabilities.addObject().put("name", name).set("value", value));
    return resource(metadata, path(kind), attributes);
  }

  /** Where the metadata of a kind stand. */
  static String path(ResourceKind kind) {
    return "resourceMetadata/" + kind.name();
  }

  private Map<String, JsonNode> capabilities(String kind, List<Offer> offers) {
    return switch (kind) {
      case "CloudEntryPoint" -> ofEntryPoint();
      case "Machine" -> ofMachine(offers);
      case VolumeHandler.KIND -> ofVolume(offers);
      case NetworkHandler.KIND -> ofNetwork(offers);
      case "Credential" -> Map.of("CredentialTemplateByValue", YES);
      case "Job" -> Map.of("JobRetention", LongNode.valueOf(minutes(rooms.lives().job())));
      default -> Map.of();
    };
  }

  private Map<String, JsonNode> ofEntryPoint() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (String parameter : List.of("Expand", "Filter", "First", "Select", "Format", "OrderBy")) {
      all.put(parameter + "Parameter", YES);
    }
    all.put("ValueScopes", YES);
    all.put("IdempotencyKeyLife", TextNode.valueOf(rooms.lives().key().toString()));
    return all;
  }

  private Map<String, JsonNode> ofMachine(List<Offer> offers) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    all.put("DefaultInitialState", TextNode.valueOf(InitialStates.DEFAULT.name()));
    all.put("InitialStates", list(InitialStates.possible(offers)));
    all.put("MachineTemplateByValue", YES);
    all.put("MachineConfigByValue", YES);
    all.put("MachineCredentialByValue", YES);
    all.put("MachineImageByValue", YES);
    all.put("MachineVolumeTemplatesByValue", YES);
    all.put("MachineStopForceDefault", BooleanNode.FALSE);
    all.put("MachineStopForce", BooleanNode.valueOf(able(offers, Capability.FORCE_STOP)));
    all.put("RestoreFromImage", BooleanNode.FALSE);
    if (able(offers, Capability.USER_DATA)) {
      all.put("UserData", TextNode.valueOf("disk"));
    }
    all.put("PlacementTerms", list(new TreeSet<>(TermsReader.TERMS.keySet()).stream().toList()));
    all.put("PlacementPolicies", list(terms.policies()));
    all.put("PlacementRules", list(terms.ruleSets()));
    return all;
  }

  private static Map<String, JsonNode> ofVolume(List<Offer> offers) {
    if (!able(offers, Capability.VOLUME_CREATE)) return Map.of();
    Map<String, JsonNode> all = new LinkedHashMap<>();
    all.put("SharedVolumeSupport", BooleanNode.FALSE);
    all.put("VolumeConfigByValue", YES);
    all.put("VolumeTemplateByValue", YES);
    all.put("VolumeSnapshot", BooleanNode.valueOf(able(offers, Capability.VOLUME_SNAPSHOT)));
    return all;
  }

  private static Map<String, JsonNode> ofNetwork(List<Offer> offers) {
    if (!able(offers, Capability.NETWORK_CREATE)) return Map.of();
    Map<String, JsonNode> all = new LinkedHashMap<>();
    all.put("DefaultInitialState", TextNode.valueOf("STARTED"));
    all.put("InitialStates", TextNode.valueOf("STARTED"));
    all.put("NetworkTemplateByValue", YES);
    return all;
  }

  private static boolean able(List<Offer> offers, Capability ability) {
    return offers.stream().anyMatch(offer -> offer.abilities().contains(ability));
  }

  /** Lists stand as words with commas, as the interop plan of 1.x has them. */
  private static JsonNode list(List<String> words) {
    return TextNode.valueOf(String.join(",", words));
  }

  private static long minutes(Duration duration) {
    return duration.toMinutes();
  }
}
