package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Page;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Volumes at machines. In 1.x each is a MachineVolume, made by POST and ended by DELETE; in 2.0 the
 * collection lists the volumes themselves, and is asked to insert and to remove (R35, R36). Nothing
 * is stored but the attachment in the volume's row.
 */
final class Attachments extends DerivedHandler {
  private static final String KIND = "MachineVolume";
  private static final String LOCATED = "locatedVolume";

  private final StoredHandler.Tools tools;
  private final StoredHandler machines;
  private final Checks checks;
  private final AttachRules rules;

  Attachments(StoredHandler.Tools tools, Checks checks, AttachRules rules) {
    this.tools = tools;
    this.machines = new StoredHandler(tools);
    this.checks = checks;
    this.rules = rules;
  }

  /** The path of a volume's attachment to a machine. */
  static String path(String machine, Row volume) {
    return machine + "/volumes/" + volume.id().substring(volume.id().lastIndexOf('/') + 1);
  }

  private static String machine(Place place) {
    String[] segments = place.path().split("/");
    return segments[0] + "/" + segments[1];
  }

  private List<Row> volumes(Caller caller, String machine) {
    return tools.desk().store().all(VolumeHandler.KIND).stream()
        .filter(volume -> volume.tenant().equals(caller.tenant()))
        .filter(volume -> Attachment.of(volume, machine).isPresent())
        .toList();
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    String machine = machine(place);
    return volumes(caller, machine).stream()
        .map(volume -> association(caller, machine, volume))
        .toList();
  }

  private Resource association(Caller caller, String machine, Row volume) {
    Attachment there = Attachment.of(volume, machine).orElseThrow();
    ObjectNode attributes = Parts.dated(named(volume.name()), volume);
    location(attributes, there);
    attributes.set("volume", reference(volume.id()));
    Resource plain = resource(tools.desk().kinds().get(KIND), path(machine, volume), attributes);
    boolean free = there.stage() == Stage.ATTACHED && mayChange(caller, volume);
    return new Resource(
        plain.kind(),
        plain.id(),
        plain.generation(),
        attributes,
        free ? Set.of("delete") : Set.of());
  }

  private static void location(ObjectNode attributes, Attachment there) {
    there.location().or(there::device).ifPresent(where -> attributes.put("initialLocation", where));
  }

  private boolean mayChange(Caller caller, Row volume) {
    return Rights.toChange(caller, tools.desk().kinds().get(VolumeHandler.KIND), volume).isEmpty();
  }

  /** In 2.0 an item is the volume, and where the machine sees it. */
  private Resource located(Caller caller, String machine, Row volume) {
    Resource whole = tools.views().of(caller, volume);
    ObjectNode attributes = whole.attributes().deepCopy();
    Attachment.of(volume, machine).ifPresent(there -> location(attributes, there));
    return new Resource(
        tools.desk().kinds().get(LOCATED), volume.id(), whole.generation(), attributes, Set.of());
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    String machine = machine(place);
    boolean first = query.face() == Face.CIMI_1;
    List<Row> volumes = volumes(caller, machine);
    List<Resource> items =
        volumes.stream()
            .map(volume ->
                first ? association(caller, machine, volume) : located(caller, machine, volume))
            .toList();
    Page page = Pages.of(caller, place, items, query);
    return new Page(
        page.id(),
        page.parent(),
        page.kind(),
        page.count(),
        page.items(),
        operations(caller, machine, volumes, first));
  }

  private Set<String> operations(Caller caller, String machine, List<Row> volumes, boolean first) {
    Set<String> offered = new HashSet<>();
    boolean takes =
        tools
            .desk()
            .store()
            .read(caller.tenant(), machine)
            .filter(row -> rules.hindrance(caller, row).isEmpty())
            .isPresent();
    if (takes) {
      offered.add(first ? "add" : "insert");
    }
    boolean gives =
        volumes.stream()
            .filter(volume -> mayChange(caller, volume))
            .flatMap(volume -> Attachment.of(volume, machine).stream())
            .anyMatch(there -> there.stage() == Stage.ATTACHED);
    if (gives && !first) {
      offered.add("remove");
    }
    return offered;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    tools.forms().fresh(request, place.kind(), body);
    return tools
        .books()
        .write(
            request,
            transaction -> {
              String machine = machine(place);
              Row job = attached(transaction, request, machine, body);
              Row volume =
                  transaction.find(body.path("volume").path("href").asText()).orElseThrow();
              return Outcome.making(association(request.caller(), machine, volume), job);
            });
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    String machine = machine(place);
    if (tools.desk().store().read(request.tenant(), machine).isEmpty()) {
      throw Refusals.notFound(machine);
    }
    machines.checkInput(request, place, operation, input);
    return tools
        .books()
        .write(
            request,
            transaction ->
                Outcome.begun(
                    operation.equals("remove")
                        ? detached(
                            transaction,
                            request,
                            machine,
                            volume(request, input),
                            Attachments::isNotThere)
                        : attached(transaction, request, machine, input)));
  }

  @Override
  public Reply delete(Request request, Place place) {
    String machine = machine(place);
    String volume = "volumes/" + place.path().substring(place.path().lastIndexOf('/') + 1);
    return tools
        .books()
        .write(
            request,
            transaction ->
                Outcome.begun(
                    detached(
                        transaction,
                        request,
                        machine,
                        volume,
                        () -> Refusals.notFound(machine + "/" + volume))));
  }

  private static ProblemException isNotThere() {
    return Refusals.attribute(
        "value",
        "volume.href",
        "The volume is not attached to this machine.",
        "Take one that the machine's volumes list.");
  }

  /** Attaches the volume that the body names to the machine. */
  private Row attached(Transaction transaction, Request request, String machine, ObjectNode body) {
    Row to = mine(transaction, request, machine);
    Row volume =
        transaction
            .find(volume(request, body))
            .orElseThrow(() -> Refusals.reference("volume", body.path("volume").toString()));
    rules
        .hindrance(request.caller(), to)
        .or(() -> rules.hindrance(request.caller(), to, volume))
        .ifPresent(problem -> {
          throw problem.asException();
        });
    Attachment coming =
        new Attachment(
            machine,
            Stage.ATTACHING,
            Optional.ofNullable(body.path("initialLocation").textValue()),
            Optional.empty());
    return tools.jobs().attach(transaction, request.caller(), coming.into(volume), machine, true);
  }

  private String volume(Request request, ObjectNode body) {
    if (!body.path("volume").has("href")) {
      throw Checks.missing("volume.href");
    }
    String href = body.path("volume").path("href").asText();
    return checks
        .referred(request.caller(), new Type.Ref(VolumeHandler.KIND), href, "volume.href")
        .orElseThrow()
        .id();
  }

  private Row detached(
      Transaction transaction,
      Request request,
      String machine,
      String path,
      Supplier<ProblemException> absent) {
    mine(transaction, request, machine);
    Row volume =
        transaction
            .find(path)
            .filter(found -> found.tenant().equals(request.tenant()))
            .filter(found -> Attachment.of(found, machine).isPresent())
            .orElseThrow(absent);
    Rights.toChange(request.caller(), tools.desk().kinds().get(VolumeHandler.KIND), volume)
        .or(() -> AttachRules.underWay(volume, machine))
        .ifPresent(problem -> {
          throw problem.asException();
        });
    Attachment going = Attachment.of(volume, machine).orElseThrow().at(Stage.DETACHING);
    return tools.jobs().attach(transaction, request.caller(), going.into(volume), machine, false);
  }

  private static Row mine(Transaction transaction, Request request, String machine) {
    return transaction
        .find(machine)
        .filter(row -> row.kind().equals(MachineHandler.KIND))
        .filter(row -> row.tenant().equals(request.tenant()))
        .orElseThrow(() -> Refusals.notFound(machine));
  }
}
