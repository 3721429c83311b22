package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.door.VolumeOrders.Understood;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Type;
import io.meltemi.pivot.Mount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The volumes that a machine's template names: {@code volumes} which are there, {@code
 * volumeTemplates} of which one is made each. From the order on all of them count as being attached
 * to the machine, so that nobody else takes them.
 */
final class Mounts {
  private static final int MOST = 64;

  private final Checks checks;
  private final VolumeOrders volumes;
  private final AttachRules rules;
  private final Place collection;

  /**
   * @param collection where volumes stand
   */
  Mounts(Checks checks, VolumeOrders volumes, AttachRules rules, Place collection) {
    this.checks = checks;
    this.volumes = volumes;
    this.rules = rules;
    this.collection = collection;
  }

  /**
   * @param name of the machine to be
   * @param field path of the template in the request, for refusals
   */
  List<Mount> understood(
      Request request, ObjectNode template, TenantRules tenant, String name, String field) {
    List<Mount> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode each : template.path("volumes")) {
      String place = field + ".volumes[" + all.size() + "].volume";
      Mount.Existing there = existing(request.caller(), each, place);
      if (!seen.add(there.volume())) {
        throw Refusals.attribute(
            "value", place, there.volume() + " is named twice.", "Name each volume once.");
      }
      all.add(there);
    }
    int number = 0;
    for (JsonNode each : template.path("volumeTemplates")) {
      String place = field + ".volumeTemplates[" + number++ + "].volumeTemplate";
      all.add(fresh(request, each, name(name, number), place, tenant));
    }
    if (all.size() > MOST) {
      throw Refusals.attribute(
          "value",
          field + ".volumes",
          all.size() + " volumes are too many for one order.",
          "Give at most " + MOST + ", and attach the others when the machine is up.");
    }
    return all;
  }

  private static String name(String machine, int number) {
    return machine.isEmpty() ? "" : machine + "-volume" + number;
  }

  private Mount.Existing existing(Caller caller, JsonNode given, String field) {
    if (!given.path("volume").has("href")) {
      throw Checks.missing(field + ".href");
    }
    String href = given.path("volume").path("href").asText();
    Row volume =
        checks
            .referred(caller, new Type.Ref(VolumeHandler.KIND), href, field + ".href")
            .orElseThrow();
    refuse(rules.hindranceOf(caller, volume), field);
    Placed placed = Placed.of(volume).orElseThrow(() -> Refusals.reference(field + ".href", href));
    return new Mount.Existing(
        volume.id(),
        volume.name().isEmpty() ? volume.id() : volume.name(),
        placed.account(),
        placed.spot().location(),
        at(given));
  }

  private Mount fresh(
      Request request, JsonNode given, String name, String field, TenantRules tenant) {
    Understood understood =
        volumes.understood(request, name, given, field, given.path("placement"), tenant);
    return new Mount.Fresh(understood.order(), at(given));
  }

  private static Optional<String> at(JsonNode given) {
    return Optional.ofNullable(given.path("initialLocation").textValue());
  }

  private static void refuse(Optional<Problem> hindrance, String field) {
    hindrance.ifPresent(problem -> {
      throw problem.at(field).asException();
    });
  }

  /**
   * Rows of the volumes that are to be made, in the order of the mounts.
   *
   * @param machine path of the machine to be
   */
  List<Row> made(StoredHandler maker, Request request, String machine, List<Mount> all) {
    List<Row> rows = new ArrayList<>();
    for (Mount each : all) {
      if (each instanceof Mount.Fresh fresh) {
        ObjectNode document = VolumeHandler.document(fresh.order());
        document.put("name", fresh.order().name());
        Row row = maker.row(request, collection, document).withState("CREATING");
        rows.add(attaching(machine, fresh).into(row));
      }
    }
    return rows;
  }

  /** The caller must be allowed to make volumes where the order makes some. */
  void mayMake(Caller caller, List<Mount> all) {
    if (all.stream().anyMatch(Mount.Fresh.class::isInstance)) {
      refuse(Rights.toAdd(caller, collection.kind()), "volumeTemplates");
    }
  }

  /**
   * Books the volumes for the machine: those that are to be made are inserted, those that are there
   * must still be free.
   *
   * @param made from {@link #made}
   * @return rows of all volumes, in the order of the mounts
   */
  List<Row> booked(
      Transaction transaction, Request request, String machine, List<Mount> all, List<Row> made) {
    List<Row> rows = new ArrayList<>();
    var fresh = made.iterator();
    for (Mount each : all) {
      switch (each) {
        case Mount.Fresh mount -> rows.add(transaction.insert(fresh.next()));
        case Mount.Existing mount -> rows.add(taken(transaction, request.caller(), machine, mount));
      }
    }
    return rows;
  }

  private Row taken(
      Transaction transaction, Caller caller, String machine, Mount.Existing existing) {
    Row volume =
        transaction
            .find(existing.volume())
            .orElseThrow(() -> Refusals.reference("volumes", existing.volume()));
    refuse(rules.hindranceOf(caller, volume), "volumes");
    return transaction.update(attaching(machine, existing).into(volume));
  }

  private static Attachment attaching(String machine, Mount mount) {
    return new Attachment(machine, Stage.ATTACHING, mount.at(), Optional.empty());
  }
}
