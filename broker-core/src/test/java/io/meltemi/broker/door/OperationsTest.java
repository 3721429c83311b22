package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.json;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Offer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A13, exhaustively: in every state, at places that can all and nothing, for every role and in both
 * faces, an operation is offered exactly when it is accepted; one that is refused changes nothing.
 */
class OperationsTest {
  private static final List<Caller> CALLERS = List.of(World.ANNA, World.READER, World.ADMIN);
  private static final String MACHINE = "machines/beside";

  @TempDir Path keys;
  private World world;
  private int tries;
  private final List<Offer> places = new ArrayList<>();

  /**
   * A row as the engine would have brought it there.
   *
   * @param at empty for what stands nowhere: not placed yet, or never to be
   * @param attachment of a volume
   */
  private record Situation(
      ResourceKind kind, String state, Optional<Offer> at, Optional<Stage> attachment) {
    @Override
    public String toString() {
      String place = at.map(Offer::account).orElse("nowhere");
      return kind.name()
          + " "
          + state
          + " at "
          + place
          + attachment.map(each -> " " + each).orElse("");
    }
  }

  @BeforeEach
  void open() {
    world = new World(keys);
    places.add(world.offer("able", "DE", "1", EnumSet.allOf(Capability.class)));
    places.add(world.offer("bare", "DE", "1", EnumSet.noneOf(Capability.class)));
    world.offers.addAll(places);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Machine", "Volume", "MachineImage", "VolumeImage", "Job"})
  void anOperationIsOfferedExactlyWhenItIsAccepted(String kind) {
    List<String> accepted = new ArrayList<>();
    for (Situation situation : situations(world.broker.kinds().get(kind))) {
      for (Face face : List.of(Face.CIMI_1, Face.CIMI_2)) {
        for (Caller who : CALLERS) {
          for (String operation : operations(situation.kind(), face)) {
            if (accepted(situation, face, who, operation)) accepted.add(operation);
          }
        }
      }
    }
    assertThat(accepted).contains("edit", "delete").hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource
  void anAbilityAloneOffersWhatItIsNeededFor(Capability only) {
    Offer place = world.offer("only " + only, "DE", "1", EnumSet.of(only));
    world.offers.add(place);
    for (String kind : List.of("Machine", "Volume")) {
      ResourceKind its = world.broker.kinds().get(kind);
      for (String state : states(its)) {
        Situation there = new Situation(its, state, Optional.of(place), Optional.empty());
        for (String operation : operations(its, Face.CIMI_2)) {
          boolean ignored = accepted(there, Face.CIMI_2, World.ANNA, operation);
        }
      }
    }
  }

  private static List<String> operations(ResourceKind kind, Face face) {
    return kind.operations().stream()
        .filter(operation -> operation.faces().contains(face))
        .map(Operation::name)
        .filter(name -> !name.equals("add"))
        .toList();
  }

  private List<Situation> situations(ResourceKind kind) {
    List<Optional<Offer>> spots = new ArrayList<>(List.of(Optional.empty()));
    places.stream().map(Optional::of).forEach(spots::add);
    List<Optional<Stage>> stages = new ArrayList<>(List.of(Optional.empty()));
    if (kind.name().equals("Volume"))
      Stream.of(Stage.values()).map(Optional::of).forEach(stages::add);
    List<Situation> all = new ArrayList<>();
    for (String state : states(kind)) {
      for (Optional<Offer> at : spots) {
        stages.forEach(stage -> all.add(new Situation(kind, state, at, stage)));
      }
    }
    return all;
  }

  /** Those of both versions. */
  private static Set<String> states(ResourceKind kind) {
    Set<String> states =
        kind.attributes().stream()
            .filter(attribute -> attribute.name().equals("state"))
            .flatMap(attribute -> attribute.allowed().stream())
            .collect(toSet());
    assertThat(states).hasSizeGreaterThan(3);
    return states;
  }

  private boolean accepted(Situation situation, Face face, Caller who, String operation) {
    String id = situation.kind().segment() + "/tried-" + ++tries;
    Row planted = plant(id, situation);
    if (operation.equals("connectvolume")) plantBeside(planted);
    boolean offered = world.broker.read(who, id).operations().contains(operation);
    long position = world.store.lastPosition();
    Optional<Problem> refusal = refusal(() -> carry(who, id, operation, World.through(face)));
    assertThat(refusal.isEmpty())
        .as("%s in %s by %s: %s: %s", operation, face, who.user(), situation, refusal)
        .isEqualTo(offered);
    refusal.ifPresent(problem -> {
      assertThat(problem.status()).as("%s", problem).isIn(403, 409);
      assertThat(world.store.lastPosition())
          .as("%s changed something", problem)
          .isEqualTo(position);
      assertThat(world.store.read(Store.EVERYBODY, id).orElseThrow())
          .hasToString(planted.toString());
    });
    return offered;
  }

  private static Optional<Problem> refusal(Runnable request) {
    try {
      request.run();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  private void carry(Caller who, String id, String operation, Intent intent) {
    boolean first = intent.face() == Face.CIMI_1;
    // what 1.x calls a snapshot of a machine is an image of that type
    boolean snapshot = operation.equals("snapshot") && id.startsWith("machines/");
    String type = snapshot ? ", 'type': 'SNAPSHOT'}" : "}";
    String taken = "{'imageLocation': '" + id + "'" + type;
    switch (operation) {
      case "edit" -> world.broker.update(who, id, json("{'name': 'x'}"), Set.of("name"), intent);
      case "delete" -> world.broker.delete(who, id, intent);
      case "capture", "snapshot" -> {
        String images = id.startsWith("volumes/") ? "volumeImages" : "machineImages";
        if (first) {
          world.broker.create(who, images, json(taken), intent);
        } else {
          world.broker.act(who, id, operation, json("{}"), intent);
        }
      }
      case "restore" ->
          world.broker.act(
              who, id, operation, json("{'image': {'href': '" + moment(id) + "'}}"), intent);
      case "connectvolume" ->
          world.broker.act(
              who, id, operation, json("{'volume': {'href': '" + beside(id) + "'}}"), intent);
      default -> world.broker.act(who, id, operation, json("{}"), intent);
    }
  }

  private Row plant(String id, Situation situation) {
    Row row = row(id, situation.kind().name(), situation.state());
    Row there = situation.at().map(OperationsTest::placed).map(each -> each.into(row)).orElse(row);
    ObjectNode inner = there.inner().deepCopy();
    if (situation.kind().name().endsWith("Image") && situation.at().isPresent()) {
      inner.put("subject", "machines/beside"); // it was captured, and not registered
    }
    Row seen = situation.kind().name().equals("Machine") ? taken(there) : there.withInner(inner);
    return planted(
        situation
            .attachment()
            .map(stage ->
                new Attachment(MACHINE, stage, Optional.empty(), Optional.empty()).into(seen))
            .orElse(seen));
  }

  private static Placed placed(Offer offer) {
    return new Placed(
        0,
        new Token("t"),
        offer.account(),
        offer.id(),
        new Spot(offer.location().id(), Optional.empty(), ""),
        Amount.NONE,
        NetworkAmount.NONE,
        Amount.NONE,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Row row(String id, String kind, String state) {
    return new Row(
        id,
        World.ANNA.tenant(),
        kind,
        Optional.empty(),
        "tried",
        state,
        World.NOW,
        World.NOW,
        1,
        json("{}"));
  }

  /** A volume that the machine could have, if it can have any. */
  private void plantBeside(Row machine) {
    Row volume = row(beside(machine.id()), "Volume", "AVAILABLE");
    planted(Placed.of(machine).map(there -> there.into(volume)).orElse(volume));
  }

  /** The machine, with a snapshot that was taken of it. */
  private Row taken(Row machine) {
    Row image = row(moment(machine.id()), "MachineImage", "AVAILABLE");
    ObjectNode document = image.document().deepCopy().put("type", "SNAPSHOT");
    document.putObject("_").put("subject", machine.id());
    planted(image.withDocument(document));
    ObjectNode with = machine.document().deepCopy();
    with.putObject("latestSnapshot").put("href", moment(machine.id()));
    return machine.withDocument(with);
  }

  private static String moment(String machine) {
    return machine.replace("machines/", "machineImages/");
  }

  private static String beside(String machine) {
    return machine.replace("machines/", "volumes/");
  }

  private Row planted(Row row) {
    return world.store.write(Store.EVERYBODY, transaction -> transaction.insert(row));
  }
}
