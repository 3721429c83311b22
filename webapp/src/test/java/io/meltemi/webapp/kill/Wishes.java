package io.meltemi.webapp.kill;

import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the operations of a campaign ask for; what one needs is looked for, or first made. */
final class Wishes {
  private static final String OURS = "k";

  private final Place place;
  private final Broker broker;
  private final Making making;
  private int number;

  /** What was asked for, and what it is about. */
  record Asked(Operation operation, String name, Api.Wish wish, Instant at) {}

  /** Carries out what another operation needs, while nobody is killed. */
  @FunctionalInterface
  interface Making {
    Asked plainly(Operation operation) throws InterruptedException;
  }

  Wishes(Place place, Broker broker, Making making) {
    this.place = place;
    this.broker = broker;
    this.making = making;
  }

  static boolean isOurs(String name) {
    return name.matches(OURS + "[0-9]+");
  }

  /** Chooses, or first makes, what the operation needs, and writes down the wish. */
  Asked ask(Operation operation) throws InterruptedException {
    Api api = broker.api();
    String key = OURS + ++number;
    makeRoom(operation);
    place.before(operation);
    if (operation == Operation.CREATE_INSIDE) return asked(operation, key, createInside(key));
    if (operation.creates()) {
      return asked(operation, key, create(key, operation == Operation.CREATE_REACHED));
    }
    return switch (operation) {
      case NETWORK -> asked(operation, key, api.network(key));
      case DELETE_NETWORK -> askToDeleteNetwork(key);
      case DELETE_MOMENT -> askToDeleteMoment(key);
      case VOLUME -> asked(operation, key, api.volume(key));
      case ATTACH, DETACH, SNAPSHOT, DELETE_VOLUME -> askOfVolume(operation, key);
      case RESTORE -> askToRestore(key);
      default -> askOfMachine(operation, key);
    };
  }

  private static Asked asked(Operation operation, String name, Api.Wish wish) {
    return new Asked(operation, name, wish, Instant.now());
  }

  private Asked askOfMachine(Operation operation, String key) throws InterruptedException {
    Api api = broker.api();
    Api.Item machine = machine(operation);
    return switch (operation) {
      case STOP -> asked(operation, machine.name(), api.act(machine, "stop", key));
      case CAPTURE -> asked(operation, key, api.act(machine, "capture", key));
      case MOMENT -> asked(operation, key, api.act(machine, "snapshot", key));
      default -> asked(operation, machine.name(), api.delete(machine, key));
    };
  }

  /** One that nothing is in. */
  private Asked askToDeleteNetwork(String key) throws InterruptedException {
    Api api = broker.api();
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      String fresh = making.plainly(Operation.NETWORK).name();
      Optional<Api.Item> network = network(fresh::equals);
      if (network.isPresent()) {
        return asked(Operation.DELETE_NETWORK, fresh, api.delete(network.get(), key));
      }
    }
    throw new IllegalStateException("there is no network to delete");
  }

  private Optional<Api.Item> network(Predicate<String> name) {
    return broker.api().networks().stream()
        .filter(network -> network.state().equals("STARTED") && name.test(network.name()))
        .findFirst();
  }

  private Asked askToDeleteMoment(String key) throws InterruptedException {
    Api api = broker.api();
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      for (Api.Item machine : alone()) {
        for (Api.Item moment : api.moments(machine)) {
          return asked(Operation.DELETE_MOMENT, moment.name(), api.delete(moment, key));
        }
      }
      making.plainly(Operation.MOMENT);
    }
    throw new IllegalStateException("there is no snapshot of a machine");
  }

  /** A machine that is otherwise than its snapshot, which was taken while it ran. */
  private Asked askToRestore(String key) throws InterruptedException {
    Api api = broker.api();
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      for (Api.Item machine : alone()) {
        List<Api.Item> moments = api.moments(machine);
        if (moments.isEmpty()) continue;
        if (machine.state().equals("STOPPED")) {
          return asked(
              Operation.RESTORE, machine.name(), api.restore(machine, moments.getFirst(), key));
        }
        Campaign.expectTaken(api.send(api.act(machine, "stop", OURS + ++number)).orElseThrow());
        await().atMost(Campaign.PATIENCE).until(() -> api.jobs() == 0);
      }
      if (alone().stream().allMatch(machine -> api.moments(machine).isEmpty())) {
        making.plainly(Operation.MOMENT);
      }
    }
    throw new IllegalStateException("there is no machine with a snapshot");
  }

  /** Machines that nothing is attached to, and that rest. */
  private List<Api.Item> alone() {
    Api api = broker.api();
    List<String> taken = api.volumes().stream().map(Api.Item::state).toList();
    return api.machines().stream()
        .filter(machine -> !taken.contains(Place.at(machine.name())))
        .filter(machine -> Set.of("STARTED", "STOPPED").contains(machine.state()))
        .toList();
  }

  private Asked askOfVolume(Operation operation, String key) throws InterruptedException {
    Api api = broker.api();
    if (operation == Operation.DETACH) {
      Api.Item volume = volume(it -> it.state().startsWith(Place.at("")), Operation.ATTACH);
      Api.Item machine =
          api.machines().stream()
              .filter(it -> volume.state().equals(Place.at(it.name())))
              .findFirst()
              .orElseThrow();
      return asked(operation, volume.name(), api.volume("remove", machine, volume, key));
    }
    if (operation == Operation.DELETE_VOLUME) {
      // One of which there are no snapshots, which would be in the way.
      String fresh = making.plainly(Operation.VOLUME).name();
      Api.Item volume = volume(it -> it.name().equals(fresh), Operation.VOLUME);
      return asked(operation, fresh, api.delete(volume, key));
    }
    Api.Item volume = volume(it -> it.state().equals(Place.FREE), Operation.VOLUME);
    return operation == Operation.SNAPSHOT
        ? asked(operation, key, api.snapshot(volume, key))
        : asked(operation, volume.name(), api.volume("insert", machine(operation), volume, key));
  }

  private Api.Item volume(Predicate<Api.Item> wanted, Operation maker) throws InterruptedException {
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      Optional<Api.Item> found = broker.api().volumes().stream().filter(wanted).findFirst();
      if (found.isPresent()) return found.get();
      making.plainly(maker);
    }
    throw new IllegalStateException("there is no volume after " + maker);
  }

  private Api.Item machine(Operation operation) throws InterruptedException {
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      Optional<Api.Item> found =
          (operation == Operation.MOMENT ? alone() : broker.api().machines())
              .stream().filter(item -> suits(operation, item)).findFirst();
      if (found.isPresent()) return found.get();
      boolean reached = operation == Operation.DELETE_REACHED;
      making.plainly(reached ? Operation.CREATE_REACHED : Operation.CREATE);
    }
    throw new IllegalStateException("there is no machine for " + operation);
  }

  private boolean suits(Operation operation, Api.Item machine) {
    return switch (operation) {
      case DELETE -> true;
      case DELETE_REACHED ->
          broker.api().addresses().stream()
              .anyMatch(it -> it.name().equals(Place.addressOf(machine.name())));
      default -> machine.state().equals("STARTED");
    };
  }

  List<Api.Item> captured() {
    return broker.api().images().stream().filter(image -> isOurs(image.name())).toList();
  }

  /** A removal may fail and say so; then it is asked for again. */
  void remove(Supplier<List<Api.Item>> kind) {
    Api api = broker.api();
    for (int attempt = 1; attempt <= Campaign.ATTEMPTS && !kind.get().isEmpty(); attempt++) {
      for (Api.Item each : kind.get()) {
        Campaign.expectTaken(api.send(api.delete(each, OURS + ++number)).orElseThrow());
      }
      await().atMost(Campaign.PATIENCE).until(() -> api.jobs() == 0);
    }
  }

  /** Removes what earlier operations left where there is no room for what this one makes. */
  private void makeRoom(Operation operation) throws InterruptedException {
    Api api = broker.api();
    boolean crowded = operation == Operation.NETWORK && api.networks().size() >= place.room();
    int most = crowded ? 1 : place.room();
    while ((crowded || operation.creates()) && api.machines().size() >= most) {
      making.plainly(Operation.DELETE);
    }
    if (crowded) remove(api::networks);
    boolean image = operation == Operation.CAPTURE || operation == Operation.MOMENT;
    if (image && captured().size() >= place.room()) {
      remove(this::captured);
    }
    boolean full = Math.max(api.volumes().size(), api.snapshots().size()) >= place.room();
    if (full && (operation == Operation.VOLUME || operation == Operation.SNAPSHOT)) {
      remove(api::snapshots);
      remove(() -> api.volumes().stream().filter(it -> it.state().equals(Place.FREE)).toList());
    }
  }

  private Api.Wish createInside(String name) throws InterruptedException {
    for (int attempt = 0; attempt < Campaign.ATTEMPTS; attempt++) {
      Optional<Api.Item> network = network(any -> true);
      if (network.isEmpty()) {
        making.plainly(Operation.NETWORK);
        continue;
      }
      Api.Wish wish = create(name, false);
      wish.body()
          .orElseThrow()
          .withObject("machineTemplate")
          .putArray("interfaceTemplates")
          .addObject()
          .putObject("network")
          .put("href", network.get().url());
      return wish;
    }
    throw new IllegalStateException("there is no network to be in");
  }

  private Api.Wish create(String name, boolean reached) {
    Api api = broker.api();
    String image =
        api.images().stream()
            .filter(each -> place.boots(each.name()))
            .findFirst()
            .map(Api.Item::url)
            .orElseThrow();
    var body = api.object().put("name", name);
    var template = body.putObject("machineTemplate").put("initialState", "STARTED");
    template
        .putObject("machineConfig")
        .put("href", api.server().resolve("cimi/2/machineConfigs/tiny").toString());
    template.putObject("machineImage").put("href", image);
    if (reached) template.put("floatingAddress", true);
    return api.add("cimi/2/machines", body, name);
  }
}
