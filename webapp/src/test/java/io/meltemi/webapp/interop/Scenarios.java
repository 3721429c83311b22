package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The scenarios IS-1 to 12 of the DMTF plans, for one consumer. */
public final class Scenarios {
  private static final Set<String> STABLE =
      Set.of("STARTED", "STOPPED", "PAUSED", "SUSPENDED", "ERROR", "FAILED");
  private static final List<String> COLLECTIONS =
      List.of(
          "machines",
          "machineConfigs",
          "machineImages",
          "machineTemplates",
          "credentials",
          "credentialTemplates",
          "volumes",
          "volumeTemplates",
          "volumeConfigs",
          "volumeImages",
          "jobs",
          "networks",
          "resourceMetadata");

  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "STOPPED");
  private static final List<String> CONSTRAINTS =
      List.of("providerMandatory", "consumerMandatory", "mutable", "consumerWritable");
  private static final String CAPABILITY = "/capability/Machine/";

  private final Consumer consumer;
  private final Duration patience;
  private final Guest guest;

  /** Reads what a guest got as user data; empty where nothing can be asked. */
  @FunctionalInterface
  public interface Guest {
    Optional<String> userData(Answer machine);
  }

  /**
   * @param patience how long a machine may take to become stable
   */
  public Scenarios(Consumer consumer, Duration patience, Guest guest) {
    this.consumer = consumer;
    this.patience = patience;
    this.guest = guest;
  }

  /** IS-1: the entry point and every collection that it names. */
  public void entryPoint() {
    Answer entry = consumer.entryPoint();
    expect(entry, 200);
    assertThat(entry.typeUri()).isEqualTo(consumer.dialect().typeUri("CloudEntryPoint"));
    assertThat(entry.need("name")).isNotEmpty();
    assertThat(entry.need("baseURI")).endsWith("/");
    Answer any = consumer.get(entry.need("id"), "*/*");
    assertThat(any.header("Content-Type").orElse("")).matches("application/(json|xml).*");
    collections().forEach(collection -> checkCollection(entry.needHref(collection)));
  }

  /** The collections that the entry point of the version has to name here. */
  private List<String> collections() {
    List<String> ofVersion =
        consumer.dialect().version() == 1 ? List.of("addresses") : List.of("segments", "endpoints");
    return Stream.concat(COLLECTIONS.stream(), ofVersion.stream()).toList();
  }

  private void checkCollection(String href) {
    Answer collection = consumer.get(href);
    expect(collection, 200);
    assertThat(collection.typeUri())
        .startsWith(consumer.dialect().namespace())
        .endsWith("Collection");
    assertThat(collection.header("Content-Type").orElse(""))
        .startsWith(consumer.dialect().mediaType());
    assertThat(collection.items()).hasSize(Integer.parseInt(collection.need("count")));
    for (Answer item : collection.items().stream().limit(3).toList()) {
      Answer read = consumer.get(item.need("id"));
      expect(read, 200);
      assertThat(read.need("id")).isEqualTo(item.need("id"));
      assertThat(read.text("name")).isEqualTo(item.text("name"));
    }
  }

  /** IS-2: a machine from image and configuration. */
  public void createFromImageAndConfiguration() {
    Answer machine = create("is-2", template());
    assertThat(machine.need("name")).isEqualTo("is-2");
    cleanUp(machine);
  }

  /** IS-3: a machine from a stored template. */
  public void createFromTemplate() {
    Answer templates = consumer.get(consumer.entryPoint().needHref("machineTemplates"));
    Body template = template("MachineTemplate");
    Body body =
        template
            .with("name", "is-3-template")
            .with("description", "for IS-3")
            .property("foo", "bar");
    Answer made = consumer.post(templates.needOperation("add"), body);
    assertThat(made.status()).isIn(201, 202);
    Answer stored = consumer.get(made.header("Location").orElseThrow());
    assertThat(stored.need("name")).isEqualTo("is-3-template");
    assertThat(stored.needHref("machineConfig")).isEqualTo(smallest());
    assertThat(stored.needHref("machineImage")).isEqualTo(first("machineImages"));
    assertThat(Integer.parseInt(consumer.get(templates.need("id")).need("count"))).isPositive();
    Answer machine =
        created(
            consumer.post(
                add("machines"),
                Body.of("MachineCreate")
                    .with("name", "is-3")
                    .ref("machineTemplate", stored.need("id"))));
    assertThat(machine.need("name")).isEqualTo("is-3");
    cleanUp(machine);
    assertThat(consumer.delete(stored.needOperation("delete")).status()).isBetween(200, 207);
  }

  /**
   * IS-4: volumes of configurations by reference and by value, attached and detached.
   *
   * @param snapshots whether the provider takes any of volumes
   */
  public void volumes(boolean snapshots) {
    VolumeScenario scenario = new VolumeScenario(consumer, patience, snapshots);
    Answer machine = started("is-4");
    scenario.play(machine);
    cleanUp(machine);
    scenario.cleanUp();
  }

  /**
   * One template and one order that are the same for every provider.
   *
   * @param expected how this one carries them
   */
  public void travel(TravellingOrder.Carried expected) {
    new TravellingOrder(this, consumer, guest).play(expected);
  }

  /** The only network that a provider tells of, and machines in it; it has one card for each. */
  public void network() {
    new NetworkScenario(this, consumer).play();
  }

  /** IS-5: operations match the state; stop and start. */
  public void manipulate() {
    Answer machine = create("is-5", template().with("initialState", "STARTED"));
    assertThat(machine.need("id")).startsWith(consumer.entryPoint().need("baseURI"));
    assertThat(Instant.parse(machine.need("created"))).isBefore(Instant.now());
    assertThat(Long.parseLong(machine.need("cpu"))).isPositive();
    assertThat(Long.parseLong(machine.need("memory"))).isPositive();
    machine.needHref("disks");
    machine.needHref("volumes");
    assertThat(machine.need("state")).isEqualTo("STARTED");
    assertOffers(machine, "restart", "stop");
    Answer stopped = after(machine, "stop", "STOPPING", "STOPPED");
    assertOffers(stopped, "start");
    stopped.needOperation("delete");
    if (offers(machine, "capture")) assertOffers(stopped, "capture");
    Answer started = after(stopped, "start", "STARTING", "STARTED");
    Answer edited =
        consumer.put(
            started.needOperation("edit") + "?$select=description",
            Body.of("Machine").with("description", "changed"));
    assertThat(edited.status()).isIn(200, 204);
    assertThat(consumer.get(started.need("id")).need("description")).isEqualTo("changed");
    cleanUp(started);
  }

  /** IS-6: an image of a machine, asked for where the machine says. */
  public void capture() {
    Answer machine = started("is-6");
    if (!offers(machine, "capture")) machine = after(machine, "stop", "STOPPING", "STOPPED");
    Body image =
        Body.of("MachineImage")
            .with("name", "is-6 image")
            .with("description", "for IS-6")
            .with("type", "IMAGE")
            .with("imageLocation", machine.need("id"));
    Answer taken =
        consumer.post(machine.needOperation(consumer.dialect().action("capture")), image);
    assertThat(taken.status()).as(taken.raw()).isIn(201, 202);
    String url = taken.header("Location").orElseThrow();
    ended(taken);
    Answer made = consumer.get(url);
    expect(made, 200);
    assertThat(made.typeUri()).isEqualTo(consumer.dialect().typeUri("MachineImage"));
    assertThat(made.need("name")).isEqualTo("is-6 image");
    assertThat(made.need("type")).isEqualTo("IMAGE");
    assertThat(made.need("state")).isEqualTo("AVAILABLE");
    ended(consumer.delete(made.needOperation("delete")));
    assertThat(consumer.get(url).status()).isEqualTo(404);
    cleanUp(stable(machine.need("id")));
  }

  /** IS-7: restart from STARTED, and from STOPPED where that is offered. */
  public void restart() {
    Answer machine = create("is-7", template().with("initialState", "STARTED"));
    Answer restarted = after(machine, "restart", "STOPPING", "STARTED");
    Answer stopped = after(restarted, "stop", "STOPPING", "STOPPED");
    if (offers(stopped, "restart")) {
      restarted = after(stopped, "restart", "STARTING", "STARTED");
    }
    cleanUp(restarted);
  }

  /** IS-8: user data reach the machine. */
  public void userData() {
    assertThat(machineCapability("UserData")).isNotEmpty();
    // a guest that runs them lays them out where its web server shows them
    String text = "#!/bin/sh\ncat /var/lib/cimi/user-data >$WWW/user-data\n";
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    Answer machine =
        create("is-8", template().with("initialState", "STARTED").with("userData", encoded));
    guest.userData(machine).ifPresent(read -> assertThat(read).isEqualTo(text));
    cleanUp(machine);
  }

  /** IS-9: the collection of metadata. */
  public void metadata() {
    Answer collection = consumer.get(consumer.entryPoint().needHref("resourceMetadata"));
    expect(collection, 200);
    assertThat(collection.need("id")).isEqualTo(consumer.entryPoint().needHref("resourceMetadata"));
    assertThat(collection.typeUri())
        .isEqualTo(consumer.dialect().typeUri("ResourceMetadataCollection"));
    assertThat(collection.items()).hasSize(Integer.parseInt(collection.need("count")));
    assertThat(collection.items())
        .extracting(item -> item.need("typeURI"))
        .doesNotHaveDuplicates()
        .containsAll(collections().stream().map(this::itemType).toList());
    for (Answer item : collection.items()) {
      item.need("id");
      assertThat(
              item.entries("attributes", "attribute").size()
                  + item.entries("capabilities", "capability").size()
                  + item.entries("actions", "action").size())
          .isPositive();
    }
  }

  /** IS-10: the metadata of Machine. */
  public void machineMetadata() {
    Answer machine = machineMetadataItem();
    assertThat(machine.need("name")).isEqualTo("Machine");
    Answer read = consumer.get(machine.need("id"));
    expect(read, 200);
    List<Answer> capabilities = read.entries("capabilities", "capability");
    assertThat(capabilities).extracting(each -> each.need("uri")).doesNotHaveDuplicates();
    for (Answer capability : capabilities) {
      assertThat(capability.need("uri")).contains(CAPABILITY);
      capability.need("name");
      capability.need("description");
      assertThat(value(capability)).as(capability.need("name")).isNotEmpty();
    }
    List<Answer> attributes = read.entries("attributes", "attribute");
    assertThat(attributes)
        .extracting(each -> each.need("name"))
        .doesNotHaveDuplicates()
        .contains("name", "state", "cpu", "memory", "disks", "volumes");
    attributes.forEach(this::checkAttribute);
    List<Answer> actions = read.entries("actions", "action");
    assertThat(actions)
        .extracting(each -> each.need("uri"))
        .doesNotHaveDuplicates()
        .contains(
            consumer.dialect().action("start"),
            consumer.dialect().action("stop"),
            consumer.dialect().action("restart"));
    for (Answer action : actions) {
      assertThat(action.need("uri")).endsWith("/" + action.need("name"));
      assertThat(action.need("description")).isNotEmpty();
      assertThat(action.need("method")).isEqualTo("POST");
      assertThat(action.need("inputMessage")).isNotEmpty();
      assertThat(action.need("outputMessage")).isNotEmpty();
    }
  }

  private void checkAttribute(Answer attribute) {
    String name = attribute.need("name");
    boolean old = consumer.dialect().version() == 1;
    Optional<String> namespace = attribute.text("namespace");
    // 2.0 tells namespace and type of what is not its own
    if (old || namespace.isPresent()) {
      assertThat(namespace.orElse("")).as(name).startsWith("http");
      assertThat(attribute.need("type")).as(name).isNotEmpty();
    }
    for (String constraint : old ? List.of("required") : CONSTRAINTS) {
      assertThat(attribute.need(constraint)).as(name + " " + constraint).isIn("true", "false");
    }
  }

  private String itemType(String collection) {
    String type = consumer.get(consumer.entryPoint().needHref(collection)).typeUri();
    return type.substring(0, type.length() - "Collection".length());
  }

  /** IS-11: without a wish a machine ends in the announced initial state. */
  public void defaultInitialState() {
    String announced = machineCapability("DefaultInitialState").orElse("STOPPED");
    Answer machine = create("is-11", template());
    assertThat(machine.need("state")).isEqualTo(announced);
    cleanUp(machine);
  }

  /** IS-12: every announced initial state is reached. */
  public void initialStates() {
    String announced = machineCapability("InitialStates").orElseThrow();
    for (String state : announced.split(",")) {
      Answer machine = create("is-12", template().with("initialState", state.strip()));
      assertThat(machine.need("state")).as(machine.raw()).isEqualTo(state.strip());
      if (state.strip().equals("STOPPED")) {
        assertOffers(machine, "start");
      }
      cleanUp(machine);
    }
  }

  private Optional<String> machineCapability(String name) {
    Answer item = consumer.get(machineMetadataItem().need("id"));
    return item.entries("capabilities", "capability").stream()
        .filter(each -> each.need("uri").endsWith(CAPABILITY + name))
        .map(Scenarios::value)
        .findFirst();
  }

  private static String value(Answer capability) {
    return capability.text("value").orElseGet(capability::content);
  }

  private Answer machineMetadataItem() {
    return consumer.get(consumer.entryPoint().needHref("resourceMetadata")).items().stream()
        .filter(item -> item.need("typeURI").equals(consumer.dialect().typeUri("Machine")))
        .findFirst()
        .orElseThrow();
  }

  private Body template() {
    return template("MachineTemplate");
  }

  private Body template(String type) {
    return Body.of(type)
        .ref("machineConfig", smallest())
        .ref("machineImage", first("machineImages"));
  }

  private String first(String collection) {
    return items(collection).getFirst().need("id");
  }

  private String smallest() {
    return items("machineConfigs").stream()
        .min(Comparator.comparingLong(item -> Long.parseLong(item.need("memory"))))
        .orElseThrow()
        .need("id");
  }

  private List<Answer> items(String collection) {
    List<Answer> items = consumer.get(consumer.entryPoint().needHref(collection)).items();
    assertThat(items).as(collection).isNotEmpty();
    return items;
  }

  /** A machine that runs. */
  Answer started(String name) {
    return create(name, startedTemplate());
  }

  /** The template of such a machine. */
  Body startedTemplate() {
    return template().with("initialState", "STARTED");
  }

  /** A machine of a stored template. */
  Answer ofTemplate(String name, Answer template) {
    Body order =
        Body.of("MachineCreate").with("name", name).ref("machineTemplate", template.need("id"));
    return created(consumer.post(add("machines"), order));
  }

  /** What stands as soon as it is accepted. */
  Answer made(String collection, Body body) {
    Answer answer = consumer.post(add(collection), body);
    assertThat(answer.status()).as(answer.raw()).isIn(201, 202);
    return consumer.get(answer.header("Location").orElseThrow());
  }

  String add(String collection) {
    return consumer.get(consumer.entryPoint().needHref(collection)).needOperation("add");
  }

  private Answer create(String name, Body template) {
    return created(
        consumer.post(
            add("machines"),
            Body.of("MachineCreate").with("name", name).part("machineTemplate", template)));
  }

  private Answer created(Answer answer) {
    assertThat(answer.status()).as(answer.raw()).isIn(201, 202);
    return stable(answer.header("Location").orElseThrow());
  }

  private Answer stable(String url) {
    return Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> consumer.get(url), answer -> STABLE.contains(answer.text("state").orElse("")));
  }

  /**
   * Acts, sees the state on the way in the answer, and what is left when the job has ended well.
   */
  private Answer after(Answer machine, String action, String during, String state) {
    Answer accepted = consumer.act(machine, action, Body.of("Action"));
    assertThat(accepted.status()).as(accepted.raw()).isEqualTo(202);
    assertThat(accepted.need("state")).as(accepted.raw()).isEqualTo(during);
    Answer job = ended(accepted);
    assertThat(job.need("action")).isEqualTo(consumer.dialect().action(action));
    assertThat(job.needHref("targetResource")).isEqualTo(machine.need("id"));
    Answer now = consumer.get(machine.need("id"));
    assertThat(now.need("state")).as(now.raw()).isEqualTo(state);
    return now;
  }

  /** The job that an answer names, when it has ended, which must be well. */
  Answer ended(Answer answer) {
    String url = answer.header("CIMI-Job-URI").orElseThrow(() -> new AssertionError(answer.raw()));
    Answer job =
        Awaitility.await()
            .atMost(patience)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> consumer.get(url), each -> ENDED.contains(each.need("state")));
    assertThat(job.need("state")).as(job.raw()).isEqualTo("SUCCESS");
    return job;
  }

  private boolean offers(Answer machine, String action) {
    return machine.operation(consumer.dialect().action(action)).isPresent();
  }

  private void assertOffers(Answer machine, String... actions) {
    for (String action : actions) {
      machine.needOperation(consumer.dialect().action(action));
    }
  }

  /** Deletes it and waits until it is gone. */
  void cleanUp(Answer resource) {
    Answer now = consumer.get(resource.need("id"));
    Answer deleted = consumer.delete(now.needOperation("delete"));
    assertThat(deleted.status()).as(deleted.raw()).isBetween(200, 207);
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> consumer.get(resource.need("id")).status() == 404);
  }

  private static void expect(Answer answer, int status) {
    assertThat(answer.status()).as(answer.raw()).isEqualTo(status);
  }
}
