package io.meltemi.broker.shop;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.job.JobLimits;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.ScriptedAddress;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.connector.scripted.ScriptedNetwork;
import io.meltemi.connector.scripted.ScriptedVolume;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;
import io.meltemi.placement.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A broker's shop over a store in memory, with scripted clouds as its accounts. */
final class Scene implements AutoCloseable {
  static final String TENANT = "t1";
  static final Caller ANNA = new Caller("anna", TENANT, Caller.Role.MEMBER, Set.of(TENANT), false);

  /** As in life, but claims of a shop that died are over soon. */
  private static JobLimits quick(Duration firstPause) {
    return new JobLimits(
        JobLimits.STANDARD.ask(),
        JobLimits.STANDARD.build(),
        JobLimits.STANDARD.act(),
        JobLimits.STANDARD.capture(),
        JobLimits.STANDARD.remove(),
        JobLimits.STANDARD.job(),
        firstPause,
        JobLimits.STANDARD.longestPause(),
        JobLimits.STANDARD.lanes(),
        Duration.ofSeconds(1));
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final HandClock clock = new HandClock();
  final Store store = Stores.memory(BrokerKinds.all(), clock);
  private final Map<String, ScriptedCloud> clouds = new LinkedHashMap<>();
  private final SealedSecrets secrets = new SealedSecrets(keys());
  private UnaryOperator<Store> seenByTheShop = UnaryOperator.identity();
  private JobLimits limits = quick(Duration.ofMillis(200));
  private Shop shop;

  Scene(CloudScript... scripts) {
    for (CloudScript script : scripts) {
      clouds.put(script.name(), new ScriptedCloud(script, clock));
      store.write(Store.EVERYBODY, transaction -> transaction.insert(account(script.name())));
    }
    shop = open();
    discover();
  }

  private static KeyRing keys() {
    try {
      Path folder = Files.createTempDirectory("keys");
      Path master = folder.resolve("master");
      KeyRing keys = KeyRing.at(master);
      Files.delete(master); // it has been read
      Files.delete(folder);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row account(String name) {
    ObjectNode document = document().put("connector", "scripted");
    document.putObject("settings").put("address", "memory:" + name);
    document
        .putObject("limits")
        .put("watchMilliseconds", 100)
        .put("lookSeconds", 2)
        .put("longestDelaySeconds", 120);
    return row("accounts/" + name, Row.HOUSE, "Account", name, "ENABLED", document);
  }

  private Shop open() {
    return new Shop(
        new Shop.Ground(
            "engine-" + UUID.randomUUID(),
            seenByTheShop.apply(store),
            BrokerKinds.all(),
            secrets,
            List.of(new ScriptedConnectorFactory(List.copyOf(clouds.values()))),
            Placement.installed(List.of()),
            Gateway.allowing(List.of()),
            Optional.empty(),
            limits,
            clock,
            () -> UUID.randomUUID().toString(),
            new Random(7)));
  }

  Scene start() {
    shop.start();
    return this;
  }

  /** The shop goes; another one opens over the same store and goes on. */
  Scene restart() {
    shop.close();
    return reopen(UnaryOperator.identity()).start();
  }

  /** Another shop opens, which sees the store through this; the old one is just left. */
  Scene reopen(UnaryOperator<Store> through) {
    seenByTheShop = through;
    shop = open();
    return this;
  }

  /** The first pause after a failure that may pass is so long; before the shop starts. */
  Scene pausing(Duration first) {
    limits = quick(first);
    shop.close();
    return reopen(UnaryOperator.identity());
  }

  /** Accounts are looked at so seldom unless their provider hints; before the shop starts. */
  Scene watchEach(Duration pause) {
    for (String name : clouds.keySet()) {
      Row row = read("accounts/" + name);
      ObjectNode document = row.document().deepCopy();
      ((ObjectNode) document.path("limits")).put("watchMilliseconds", pause.toMillis());
      store.write(Store.EVERYBODY, transaction -> transaction.update(row.withDocument(document)));
    }
    return this;
  }

  void discover() {
    Errand.run(() -> shop.accounts().all().forEach(shop.discovery()::discover));
  }

  Shop shop() {
    return shop;
  }

  ScriptedCloud cloud(String name) {
    return java.util.Objects.requireNonNull(clouds.get(name));
  }

  /** Every machine that any cloud has. */
  int machinesAtProviders() {
    return clouds.values().stream().mapToInt(cloud -> cloud.everything().size()).sum();
  }

  MachineOrder machineOrder(String name, MachineState initial) {
    String image = store.all("MachineImage").getFirst().id();
    return new MachineOrder(
        name,
        1,
        1048576,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        image,
        "debian-12",
        Optional.empty(),
        Optional.of(
            new MachineOrder.Login(Optional.empty(), Optional.of("hush"), Optional.empty())),
        List.of(),
        initial,
        Terms.NONE);
  }

  /** The tenant may hold so many CPUs. */
  void quota(long cpu) {
    ObjectNode document = document();
    document.putObject("quota").put("cpu", cpu);
    Row tenant = row("tenants/" + TENANT, Row.HOUSE, "Tenant", TENANT, "", document);
    store.write(Store.EVERYBODY, transaction -> transaction.insert(tenant));
  }

  /** Orders a machine which is to be STARTED; tries the clouds in their order. */
  Ordered order(String name) {
    return order(machineOrder(name, MachineState.STARTED));
  }

  Ordered order(MachineOrder order) {
    return order(order, "Machine", "machines/");
  }

  /** Orders an empty volume; tries the clouds in their order. */
  Ordered orderVolume(String name) {
    return orderVolume(name, Optional.empty());
  }

  Ordered orderVolume(String name, Optional<VolumeOrder.Source> source) {
    return order(new VolumeOrder(name, 2_000_000, source, Terms.NONE), VolumeBook.KIND, "volumes/");
  }

  /** Orders a network; tries the clouds in their order. */
  Ordered orderNetwork(String name) {
    NetworkOrder order = new NetworkOrder(name, Optional.of("10.77.0.0/24"), Terms.NONE);
    return order(order, NetworkBook.KIND, "networks/");
  }

  /** A network that was ordered and is there. */
  String network(String name) {
    Ordered ordered = orderNetwork(name);
    ended(ordered.job());
    return ordered.machine();
  }

  String deleteNetwork(String network) {
    return onMachine(network, (tx, row) -> shop.jobs().deleteNetwork(tx, ANNA, row));
  }

  /** Every network that was made in any cloud. */
  List<ScriptedNetwork> networksAtProviders() {
    return clouds.values().stream().flatMap(cloud -> cloud.everyNetwork().stream()).toList();
  }

  /** Every floating address that any cloud has lent. */
  List<ScriptedAddress> addressesAtProviders() {
    return clouds.values().stream().flatMap(cloud -> cloud.everyAddress().stream()).toList();
  }

  private Ordered order(Order order, String kind, String collection) {
    List<Offer> offers = shop.catalog().offers(TENANT).offers();
    List<Offer> fitting = offers.stream().filter(offer -> offer.isFor(order)).toList();
    List<Decision.Choice> choices =
        fitting.stream()
            .map(offer -> new Decision.Choice(offer.id(), 1, beside(offer, offers, order)))
            .toList();
    List<String> ids = fitting.stream().map(Offer::id).toList();
    Decision decision = new Decision("first-fit", "standard", 1, 0, ids, choices, List.of());
    String id = collection + UUID.randomUUID();
    Row job =
        store.write(
            TENANT,
            transaction -> {
              Row row = row(id, TENANT, kind, order.name(), "CREATING", document());
              Row target = transaction.insert(row);
              List<Row> volumes = volumes(transaction, id, order);
              Row made = shop.jobs().create(transaction, ANNA, target, volumes, order, decision);
              claim(transaction, id, shop.catalog().offer(ids.getFirst()).orElseThrow(), order);
              for (Row volume : volumes) {
                Placed.of(transaction.find(volume.id()).orElseThrow())
                    .filter(placed -> placed.handle().isEmpty())
                    .ifPresent(placed -> claim(transaction, volume.id(), placed.amount()));
              }
              return made;
            });
    return new Ordered(id, job.id());
  }

  private static void claim(Transaction transaction, String id, Offer offer, Order order) {
    claim(transaction, id, offer.taken(order));
  }

  private static void claim(Transaction transaction, String id, Amount amount) {
    transaction.claim(Budget.name(TENANT), id, amount, Amount.UNLIMITED);
  }

  /** New volumes go to the first offer of volumes at the machine's account. */
  private static List<String> beside(Offer machine, List<Offer> offers, Order order) {
    if (!(order instanceof MachineOrder whole)) return List.of();
    return whole.newVolumes().stream()
        .map(volume ->
            offers.stream()
                .filter(offer -> offer.isFor(volume))
                .filter(offer -> offer.account().equals(machine.account()))
                .findFirst()
                .orElseThrow()
                .id())
        .toList();
  }

  private List<Row> volumes(Transaction transaction, String machine, Order order) {
    List<Row> rows = new ArrayList<>();
    if (!(order instanceof MachineOrder whole)) return rows;
    for (Mount mount : whole.mounts()) {
      Attachment coming =
          new Attachment(machine, Attachment.Stage.ATTACHING, mount.at(), Optional.empty());
      rows.add(
          switch (mount) {
            case Mount.Existing there ->
                transaction.update(coming.into(transaction.find(there.volume()).orElseThrow()));
            case Mount.Fresh fresh ->
                transaction.insert(
                    coming.into(
                        row(
                            "volumes/" + UUID.randomUUID(),
                            TENANT,
                            VolumeBook.KIND,
                            fresh.order().name(),
                            "CREATING",
                            document())));
          });
    }
    return rows;
  }

  /** A volume that is made with a machine. */
  static Mount fresh(String name) {
    VolumeOrder order = new VolumeOrder(name, 2_000_000, Optional.empty(), Terms.NONE);
    return new Mount.Fresh(order, Optional.of("/dev/sdf"));
  }

  /** A volume that a machine gets. */
  Mount existing(String volume) {
    Placed placed = Placed.of(read(volume)).orElseThrow();
    return new Mount.Existing(
        volume, volume, placed.account(), placed.spot().location(), Optional.empty());
  }

  /** Orders a machine with volumes; tries the clouds in their order. */
  Ordered orderWith(String name, Mount... mounts) {
    return order(machineOrder(name, MachineState.STARTED).mounting(List.of(mounts)));
  }

  /** Paths of all volumes of the tenant that the book knows. */
  List<String> volumes() {
    return store.all(VolumeBook.KIND).stream().map(Row::id).toList();
  }

  /** A machine that was ordered and is up. */
  String started(String name) {
    Ordered ordered = order(name);
    ended(ordered.job());
    return ordered.machine();
  }

  /** A volume that was ordered and is there. */
  String available(String name) {
    Ordered ordered = orderVolume(name);
    ended(ordered.job());
    return ordered.machine();
  }

  String attach(String volume, String machine) {
    return move(volume, machine, Attachment.Stage.ATTACHING);
  }

  String detach(String volume, String machine) {
    return move(volume, machine, Attachment.Stage.DETACHING);
  }

  private String move(String volume, String machine, Attachment.Stage stage) {
    Attachment wanted = new Attachment(machine, stage, Optional.empty(), Optional.empty());
    boolean attach = stage == Attachment.Stage.ATTACHING;
    return onMachine(
        volume, (tx, row) -> shop.jobs().attach(tx, ANNA, wanted.into(row), machine, attach));
  }

  String deleteVolume(String volume) {
    return onMachine(volume, (tx, row) -> shop.jobs().deleteVolume(tx, ANNA, row));
  }

  /** Where the book says that a volume is attached. */
  List<String> machinesOf(String volume) {
    return Attachment.of(read(volume)).stream()
        .filter(each -> each.stage() == Attachment.Stage.ATTACHED)
        .map(Attachment::machine)
        .toList();
  }

  /** Every volume that any cloud has. */
  List<ScriptedVolume> volumesAtProviders() {
    return clouds.values().stream().flatMap(cloud -> cloud.everyVolume().stream()).toList();
  }

  Ordered snapshot(String volume, String name) {
    return image(volume, name, "VolumeImage", "volumeImages/", "IMAGE");
  }

  String act(String machine, MachineAction action) {
    return onMachine(machine, (tx, row) -> shop.jobs().act(tx, ANNA, row, action));
  }

  String delete(String machine) {
    return onMachine(machine, (tx, row) -> shop.jobs().deleteMachine(tx, ANNA, row));
  }

  Ordered capture(String machine, String name) {
    return image(machine, name, "MachineImage", "machineImages/", "IMAGE");
  }

  Ordered snapshotOfMachine(String machine, String name) {
    return image(machine, name, "MachineImage", "machineImages/", "SNAPSHOT");
  }

  /** A snapshot that was taken of a machine. */
  String moment(String machine, String name) {
    Ordered snapshot = snapshotOfMachine(machine, name);
    ended(snapshot.job());
    return snapshot.machine();
  }

  String restore(String machine, String snapshot) {
    return onMachine(
        machine, (tx, row) -> shop.jobs().restore(tx, ANNA, row, tx.find(snapshot).orElseThrow()));
  }

  String deleteImage(String image) {
    return onMachine(image, (tx, row) -> shop.jobs().deleteImage(tx, ANNA, row));
  }

  private Ordered image(String subject, String name, String kind, String collection, String type) {
    String image = collection + UUID.randomUUID();
    String job =
        onMachine(
            subject,
            (tx, row) -> {
              ObjectNode document = document().put("type", type);
              document.putObject("_").put("subject", subject);
              Row made = tx.insert(row(image, TENANT, kind, name, "CREATING", document));
              return shop.jobs().capture(tx, ANNA, row, made);
            });
    return new Ordered(image, job);
  }

  String stop(String job) {
    return onMachine(job, (tx, row) -> shop.jobs().stop(tx, ANNA, row));
  }

  private String onMachine(String id, BiFunction<Transaction, Row, Row> change) {
    return store.write(
        TENANT, transaction -> change.apply(transaction, transaction.find(id).orElseThrow()).id());
  }

  Optional<Row> find(String id) {
    return store.read(TENANT, id);
  }

  Row read(String id) {
    return find(id).orElseThrow();
  }

  String state(String id) {
    return find(id).map(Row::state).orElse("gone");
  }

  /** The step at which a job is; empty when it has ended. */
  String step(String job) {
    return store.write(TENANT, transaction -> transaction.task(job).map(Task::step).orElse(""));
  }

  /** The task of a job when its step was tried so often, and nobody holds it. */
  Task tried(String job, int attempts) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> store.write(TENANT, transaction -> transaction.task(job)),
            task ->
                task.filter(each -> each.attempts() == attempts && each.owner().isEmpty())
                    .isPresent())
        .orElseThrow();
  }

  /** The job when it has ended. */
  Row ended(String job) {
    await()
        .atMost(PATIENCE)
        .until(() -> Set.of("SUCCESS", "FAILED", "STOPPED").contains(state(job)));
    return read(job);
  }

  void becomes(String id, String state) {
    await().atMost(PATIENCE).until(() -> state(id).equals(state));
  }

  /** Until the watch has looked at the machines of north so often from now on. */
  void looks(int times) {
    long before = lists();
    await().until(() -> lists() >= before + times);
  }

  /** How often all machines of north were asked for. */
  long lists() {
    return cloud("north").calls().stream().filter(call -> call.call().equals("machines")).count();
  }

  List<Event> events(String type) {
    List<Event> found = new ArrayList<>(store.events(Store.EVERYBODY, 0, 10_000));
    found.removeIf(event -> !event.type().equals(type));
    return found;
  }

  static ObjectNode document() {
    return JsonNodeFactory.instance.objectNode();
  }

  Row row(String id, String tenant, String kind, String name, String state, ObjectNode document) {
    return new Row(
        id,
        tenant,
        kind,
        Optional.empty(),
        name,
        state,
        clock.instant(),
        clock.instant(),
        0,
        document);
  }

  /**
   * @param machine path of what was ordered, an image for a capture
   */
  record Ordered(String machine, String job) {}

  @Override
  public void close() {
    shop.close();
    store.close();
  }
}
