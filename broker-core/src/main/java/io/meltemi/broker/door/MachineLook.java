package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine as it is seen: where it stands, and what its place can do with it. */
final class MachineLook implements Look {
  /** What is taken for possible where the place is not in the catalogue now. */
  private static final Set<Capability> USUAL =
      EnumSet.of(Capability.START, Capability.STOP, Capability.FORCE_STOP, Capability.RESTART);

  /** Operations which a place may be able to carry out; others no place can. */
  private static final Map<String, Capability> NEEDED =
      Map.of(
          "start", Capability.START,
          "stop", Capability.STOP,
          "restart", Capability.RESTART,
          "pause", Capability.PAUSE,
          "suspend", Capability.SUSPEND,
          "capture", Capability.CAPTURE,
          "snapshot", Capability.MACHINE_SNAPSHOT,
          "restore", Capability.MACHINE_SNAPSHOT,
          "connectvolume", Capability.VOLUME_ATTACH);

  private final Store store;
  private final Catalog catalog;

  MachineLook(Store store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  @Override
  public Set<String> derived() {
    return Set.of("account", "location", "console", "mapping", "adopted");
  }

  @Override
  public void show(Caller caller, Row row, ObjectNode attributes) {
    JsonNode placed = row.inner().path("placed");
    if (placed.isObject()) {
      attributes.put("account", placed.path("account").asText());
      if (Adoption.is(row)) {
        attributes.put("adopted", true);
      } else {
        attributes.put("location", placed.path("location").asText());
        ArrayNode mapping = Placed.mapping(row.inner());
        if (!mapping.isEmpty()) attributes.set("mapping", mapping);
      }
    }
    if (placed.has("handle") && abilities(row).contains(Capability.CONSOLE)) {
      attributes.putObject("console").put("href", row.id() + "/console");
    }
  }

  @Override
  public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
    return judgement(caller, row).hindrance(operation);
  }

  @Override
  public Judgement judgement(Caller caller, Row row) {
    Set<Capability> abilities = abilities(row);
    return operation ->
        Adoptions.hindrance(row, operation.name())
            .or(() ->
                switch (operation.name()) {
                  case "edit" -> Optional.empty();
                  case "delete" -> going(row);
                  case "snapshot" -> able(row, "snapshot", abilities).or(() -> mounted(row));
                  case "restore" ->
                      able(row, "restore", abilities)
                          .or(() -> neverTaken(row))
                          .or(() -> mounted(row));
                  default -> able(row, operation.name(), abilities);
                });
  }

  private static Optional<Problem> able(Row row, String operation, Set<Capability> abilities) {
    Capability needed = NEEDED.get(operation);
    return needed != null && abilities.contains(needed)
        ? Optional.empty()
        : Optional.of(lacks(row, operation));
  }

  private static Optional<Problem> neverTaken(Row row) {
    return row.document().has("latestSnapshot")
        ? Optional.empty()
        : Optional.of(
            Refusals.state(
                "The machine has no snapshot.", "Take one while it is as it shall become again."));
  }

  /** Volumes live on their own, and a snapshot that held one would take its data back too. */
  private Optional<Problem> mounted(Row row) {
    return store.all(VolumeHandler.KIND).stream()
        .filter(volume -> Attachment.of(volume, row.id()).isPresent())
        .findFirst()
        .map(volume ->
            Problem.of(
                409,
                "volume.attached",
                "The machine has volumes, which its snapshots do not hold: "
                    + volume.id()
                    + " is one of them.",
                "Detach them first, and attach them again afterwards."));
  }

  /** What an action needs beyond its operation: force is an ability of its own. */
  Optional<Problem> hindrance(Row row, MachineAction action) {
    return abilities(row).contains(action.needs())
        ? Optional.empty()
        : Optional.of(lacks(row, action.name().toLowerCase(Locale.ROOT)));
  }

  private static Optional<Problem> going(Row row) {
    if (!row.state().equals("DELETING")) {
      return Optional.empty();
    }
    return Optional.of(
        Refusals.state("The machine is being deleted already.", "Wait until its job has ended."));
  }

  /** Where in its account an adopted machine stands is not known. */
  private Set<Capability> abilities(Row row) {
    if (Adoption.is(row)) {
      return Adoptions.account(row).flatMap(catalog::everywhere).orElse(USUAL);
    }
    return Abilities.of(row, catalog).orElse(USUAL);
  }

  private static Problem lacks(Row row, String operation) {
    String place = row.inner().path("placed").path("account").asText("");
    return Problem.of(
        409,
        "ability.missing",
        "The place of this machine cannot carry out '" + operation + "'.",
        "Order the machine at a place with that ability: the placement term 'abilities' asks for"
            + " it"
            + (place.isEmpty() ? "." : "; this one stands at account " + place + "."));
  }
}
