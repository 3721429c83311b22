package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/** The scenarios IS-1 to 5 and 7 to 12 of the DMTF plans, for one consumer. */
public final class Scenarios {
  private static final Set<String> STABLE =
      Set.of("STARTED", "STOPPED", "PAUSED", "SUSPENDED", "ERROR", "FAILED");
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
    for (String collection :
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
            "resourceMetadata",
            "addresses",
            "segments",
            "endpoints")) {
      entry.href(collection).ifPresent(this::checkCollection);
    }
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

  /** IS-4: volumes of configurations by reference and by value, attached and detached. */
  public void volumes() {
    VolumeScenario scenario = new VolumeScenario(consumer, patience);
    Answer machine = started("is-4");
    scenario.play(machine);
    cleanUp(machine);
    scenario.cleanUp();
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
    Answer stopped = after(machine, "stop", "STOPPED");
    assertOffers(stopped, "start");
    stopped.needOperation("delete");
    Answer started = after(stopped, "start", "STARTED");
    Answer edited =
        consumer.put(
            started.needOperation("edit") + "?$select=description",
            Body.of("Machine").with("description", "changed"));
    assertThat(edited.status()).isIn(200, 204);
    assertThat(consumer.get(started.need("id")).need("description")).isEqualTo("changed");
    cleanUp(started);
  }

  /** IS-7: restart from STARTED, and from STOPPED where that is offered. */
  public void restart() {
    Answer machine = create("is-7", template().with("initialState", "STARTED"));
    Answer restarted = after(machine, "restart", "STARTED");
    Answer stopped = after(restarted, "stop", "STOPPED");
    if (stopped.operation(consumer.dialect().action("restart")).isPresent()) {
      restarted = after(stopped, "restart", "STARTED");
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
        .contains(
            consumer.dialect().typeUri("Machine"),
            consumer.dialect().typeUri("MachineImage"),
            consumer.dialect().typeUri("MachineConfiguration"));
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
    for (Answer capability : read.entries("capabilities", "capability")) {
      assertThat(capability.need("uri")).contains(CAPABILITY);
      capability.need("name");
      capability.need("description");
    }
    assertThat(read.entries("attributes", "attribute")).hasSizeGreaterThan(8);
    for (Answer attribute : read.entries("attributes", "attribute")) {
      attribute.need("name");
      if (consumer.dialect().version() == 1) {
        attribute.need("required");
      } else {
        attribute.need("providerMandatory");
        attribute.need("consumerMandatory");
        attribute.need("mutable");
        attribute.need("consumerWritable");
      }
    }
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
        .map(each -> each.text("value").or(() -> Optional.of(each.content())).orElse(""))
        .findFirst();
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
    return create(name, template().with("initialState", "STARTED"));
  }

  private String add(String collection) {
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

  private Answer after(Answer machine, String action, String state) {
    Answer accepted = consumer.act(machine, action, Body.of("Action"));
    assertThat(accepted.status()).as(accepted.raw()).isIn(200, 202);
    return Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> consumer.get(machine.need("id")),
            answer -> answer.text("state").orElse("").equals(state));
  }

  private void assertOffers(Answer machine, String... actions) {
    for (String action : actions) {
      machine.needOperation(consumer.dialect().action(action));
    }
  }

  void cleanUp(Answer machine) {
    Answer now = consumer.get(machine.need("id"));
    Answer deleted = consumer.delete(now.needOperation("delete"));
    assertThat(deleted.status()).as(deleted.raw()).isBetween(200, 207);
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> consumer.get(URI.create(machine.need("id")).toString()).status() == 404);
  }

  private static void expect(Answer answer, int status) {
    assertThat(answer.status()).as(answer.raw()).isEqualTo(status);
  }
}
