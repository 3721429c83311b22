package io.meltemi.webapp;

import io.meltemi.broker.identity.Users;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.NodeRecords;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.placement.Placement;
import io.meltemi.placement.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What must be there before somebody can be served. */
final class Ripeness {
  /** Room and quota may be used up, which does not make the broker less ready. */
  private static final RuleSet FIT =
      new RuleSet("fit", "What can be had at all.", List.of("size", "image", "architecture"));

  private final House house;
  private final Store store;
  private final Placement placement = Placement.installed(List.of(FIT));
  private volatile boolean fits;

  Ripeness(House house, Store store) {
    this.house = house;
    this.store = store;
  }

  /** Each gives a sentence when something is missing. */
  List<Supplier<Optional<String>>> checks() {
    return List.of(
        () ->
            missing(
                !store.takesWrites(),
                "the store takes no changes: make room on its disk or mend its database; the"
                    + " log tells the cause"),
        () -> missing(!store.isCurrent(), "what other replicas wrote is not heard"),
        () -> missing(store.all("MachineConfiguration").isEmpty(), "no machine configuration"),
        () -> missing(store.all("MachineImage").isEmpty(), "no machine image yet"),
        () -> missing(offers().isEmpty(), "no place offers anything yet"),
        () ->
            missing(
                !store.all("MachineImage").isEmpty() && !offers().isEmpty() && !fits(),
                "no place offers an image together with a configuration that fits it yet"));
  }

  /**
   * What is missing until the node on this machine has been heard since the start: it reports when
   * it has booted its probe, or knows why it cannot.
   */
  static Optional<String> node(List<NodeRecords.Node> nodes, Instant start) {
    return missing(
        nodes.stream().noneMatch(node -> node.report().isPresent() && !node.seen().isBefore(start)),
        "the node on this machine has not told yet what it can run; node/node.log in the data"
            + " folder shows what it does");
  }

  private static Optional<String> missing(boolean bad, String what) {
    return bad ? Optional.of(what) : Optional.empty();
  }

  private List<Offer> offers() {
    return house.catalog().offers(Users.FIRST_TENANT).offers().stream()
        .filter(offer -> offer.sort() == Offer.Sort.MACHINE)
        .toList();
  }

  /** Once they fit, they are not looked for again at every question. */
  private boolean fits() {
    if (!fits) {
      List<Offer> offers = offers();
      fits =
          ours("MachineConfiguration")
              .anyMatch(size -> ours("MachineImage").anyMatch(image -> fits(size, image, offers)));
    }
    return fits;
  }

  private Stream<Row> ours(String kind) {
    return store.all(kind).stream()
        .filter(row -> List.of(Row.HOUSE, Users.FIRST_TENANT).contains(row.tenant()));
  }

  private boolean fits(Row size, Row image, List<Offer> offers) {
    MachineOrder order =
        new MachineOrder(
            "fit",
            size.document().path("cpu").asInt(1),
            size.document().path("memory").asLong(1),
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            image.id(),
            image.name(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            MachineState.STARTED,
            Terms.NONE);
    return !placement
        .decide(order, offers, 0, FIT.name(), Placement.FIRST_FIT, Map.of())
        .choices()
        .isEmpty();
  }
}
