package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.watch.Doctor;
import io.meltemi.broker.watch.Finding;
import io.meltemi.broker.watch.Finding.Sort;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.connector.scripted.ScriptedMachine;
import io.meltemi.connector.scripted.ScriptedNetwork;
import io.meltemi.connector.scripted.ScriptedVolume;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the doctor finds, and what it may remove. The watch looks once, when nothing is there. */
class DoctorTest {
  private static final String CLOUD = "north";
  private static final String SILENT = "silent: true\n";
  private static final Duration LONG = Doctor.INTERVAL.plusSeconds(1);

  private static Scene scene(String more) {
    return scene(Clouds.script(CLOUD, SILENT + more));
  }

  private static Scene scene(CloudScript... scripts) {
    Scene scene = new Scene(scripts);
    for (Row account : scene.store.all("Account")) {
      ObjectNode document = account.document().deepCopy();
      document.withObject("/limits").put("watchMilliseconds", 3_600_000);
      Row ignored =
          scene.store.write(
              Store.EVERYBODY, transaction -> transaction.update(account.withDocument(document)));
    }
    scene.start();
    await()
        .until(() ->
            scene.cloud(CLOUD).calls().stream().anyMatch(call -> call.call().equals("machines")));
    return scene;
  }

  private static Doctor doctor(Scene scene) {
    return new Doctor(scene.store, scene.shop().accounts(), scene.shop().connectors(), scene.clock);
  }

  /** The provider as a broker sees it that has an account of this id there. */
  private static Connector provider(Scene scene, String account) {
    return new ScriptedConnectorFactory(List.of(scene.cloud(CLOUD)))
        .open(
            Map.of("address", "memory:" + CLOUD),
            new ConnectorFactory.Context(
                account, scene.clock, Gateway.allowing(List.of()), Optional.empty()));
  }

  private static Handle machine(Scene scene, String account, Token token) {
    return provider(scene, account)
        .machines()
        .create(
            scene.machineOrder("stray", MachineState.STARTED),
            new Spot("north-1", Optional.of("small"), "north-debian"),
            token);
  }

  private static Handle orphan(Scene scene) {
    return machine(scene, CLOUD, new Token("forgotten"));
  }

  private static Token token(Scene scene, String id) {
    return Placed.of(scene.read(id)).orElseThrow().token();
  }

  private static List<String> machines(Scene scene) {
    return scene.cloud(CLOUD).everything().stream()
        .filter(machine -> machine.state() != MachineState.DELETING)
        .map(ScriptedMachine::id)
        .toList();
  }

  /** The only finding. */
  private static Finding only(Doctor doctor) {
    List<Finding> findings = doctor.look();
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static void healthy(Doctor doctor) {
    assertThat(doctor.look()).isEmpty();
  }

  @Test
  void whereAllIsAsTheStoreSaysNothingIsFound() {
    try (Scene scene = scene("")) {
      scene.started("web");
      scene.available("data");
      healthy(doctor(scene));
    }
  }

  @Test
  void aServerWithOurMarkThatNobodyKnowsIsAnOrphanAndForeignOnesAreNot() {
    String stranger =
        "strangers: [ { name: old-db, place: north-1, size: small, image: north-debian } ]\n";
    try (Scene scene = scene(stranger)) {
      scene.started("web");
      machine(scene, "another-broker", new Token("theirs"));
      Handle orphan = orphan(scene);
      Finding finding = only(doctor(scene));
      assertThat(finding.sort()).isEqualTo(Sort.ORPHAN);
      assertThat(finding.there().orElseThrow().handle()).isEqualTo(orphan);
      assertThat(finding.row()).isEmpty();
    }
  }

  @Test
  void anOrphanMayBeRemovedWhenItWasSeenTwiceWithTheIntervalBetween() {
    try (Scene scene = scene("")) {
      scene.started("web");
      Handle orphan = orphan(scene);
      Doctor doctor = doctor(scene);
      Finding first = only(doctor);
      assertThat(first.removable()).isFalse();
      assertThatThrownBy(() -> doctor.remove(first)).isInstanceOf(IllegalArgumentException.class);
      scene.clock.forward(LONG);
      Finding second = doctor.find(first.id()).orElseThrow();
      assertThat(second.removable()).isTrue();
      doctor.remove(second);
      assertThat(machines(scene)).hasSize(1).doesNotContain(orphan.value());
    }
  }

  @Test
  void anOrphanThatItsProviderIsRemovingIsFoundUntilItIsGone() {
    try (Scene scene = scene("delays: { delete: PT1M }\n")) {
      scene.started("web");
      orphan(scene);
      Doctor doctor = doctor(scene);
      only(doctor);
      scene.clock.forward(LONG);
      doctor.remove(only(doctor));
      assertThat(only(doctor).there().orElseThrow().state()).isEqualTo("DELETING");
      scene.clock.forward(Duration.ofMinutes(2));
      healthy(doctor);
    }
  }

  @Test
  void whatHadAnOwnerInBetweenIsSeenForTheFirstTimeAgain() {
    try (Scene scene = scene("")) {
      orphan(scene);
      Doctor doctor = doctor(scene);
      assertThat(only(doctor).sort()).isEqualTo(Sort.ORPHAN);
      Row owner = owner(scene, new Token("forgotten"));
      scene.clock.forward(LONG);
      assertThat(only(doctor).sort()).isEqualTo(Sort.DRIFT);
      String ignored =
          scene.store.write(
              Store.EVERYBODY,
              transaction -> {
                transaction.delete(owner);
                return owner.id();
              });
      Finding again = only(doctor);
      assertThat(again.sort()).isEqualTo(Sort.ORPHAN);
      assertThat(again.removable()).isFalse();
    }
  }

  /** A row in error that bears the token and knows no handle, as after a restore. */
  private static Row owner(Scene scene, Token token) {
    Offer offer =
        scene.shop().catalog().offers(Scene.TENANT).offers().stream()
            .filter(each -> each.sort() == Offer.Sort.MACHINE)
            .findFirst()
            .orElseThrow();
    Placed placed =
        Placed.at(offer, scene.machineOrder("late", MachineState.STARTED), token, 0)
            .askedAt(scene.clock.instant());
    Row row =
        scene.row("machines/late", Scene.TENANT, "Machine", "late", "ERROR", Scene.document());
    return scene.store.write(Scene.TENANT, transaction -> transaction.insert(placed.into(row)));
  }

  @Test
  void aMachineThatIsBeingMadeIsNeverAnOrphan() {
    try (Scene scene = scene("delays: { create: PT2M }\n")) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> !machines(scene).isEmpty());
      Doctor doctor = doctor(scene);
      healthy(doctor);
      scene.clock.forward(LONG);
      healthy(doctor);
      scene.clock.forward(Duration.ofMinutes(2));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      healthy(doctor);
    }
  }

  /** Its job may ask, or have asked, for any of the order's sub-tokens. */
  @Test
  void whatBearsAnEarlierTokenOfAnOrderThatIsUnderWayIsNoOrphan() {
    try (Scene scene = scene("delays: { create: PT2M }\n")) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> !machines(scene).isEmpty());
      machine(scene, CLOUD, token(scene, ordered.machine()).attempt(1));
      healthy(doctor(scene));
      scene.clock.forward(Duration.ofMinutes(3));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(only(doctor(scene)).sort()).isEqualTo(Sort.ORPHAN);
    }
  }

  @Test
  void anAddressWithOurMarkThatNoMachineBearsIsAnOrphanAndOnesOfMachinesAreNot() {
    try (Scene scene = scene(CloudScript.parse(Clouds.lendingText(CLOUD, SILENT)))) {
      Scene.Ordered ordered =
          scene.order(scene.machineOrder("web", MachineState.STARTED).floating(true));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      Doctor doctor = doctor(scene);
      healthy(doctor);
      Handle machine = new Handle(machines(scene).getFirst());
      Handle stray = provider(scene, CLOUD).addresses().lend(machine, new Token("forgotten"));
      assertThat(only(doctor).there().orElseThrow().handle()).isEqualTo(stray);
      scene.clock.forward(LONG);
      doctor.remove(only(doctor));
      assertThat(scene.addressesAtProviders()).hasSize(1);
      healthy(doctor);
    }
  }

  @Test
  void theAddressOfAMachineThatVanishedIsAnOrphanWhenItsSweepGotNoAnswer() {
    try (Scene scene = new Scene(Clouds.lending(CLOUD)).start()) {
      Scene.Ordered ordered =
          scene.order(scene.machineOrder("web", MachineState.STARTED).floating(true));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      Mishap.Effect silence =
          new Mishap.Refuse(Fault.TRANSIENT, Optional.of("away"), Optional.empty());
      scene.cloud(CLOUD).plan(new Mishap("addresses", 0, OptionalInt.of(0), silence));
      scene.cloud(CLOUD).vanish(machines(scene).getFirst());
      scene.becomes(ordered.machine(), "ERROR");
      assertThat(sweeps(scene, ordered.machine())).isTrue();
      await()
          .until(() -> {
            scene.clock.forward(Duration.ofDays(8));
            return !sweeps(scene, ordered.machine());
          });
      scene.cloud(CLOUD).calm();
      assertThat(doctor(scene).look())
          .filteredOn(finding -> finding.sort() == Sort.ORPHAN)
          .singleElement()
          .extracting(finding -> finding.there().orElseThrow().handle().value())
          .isEqualTo(scene.addressesAtProviders().getFirst().id());
    }
  }

  private static boolean sweeps(Scene scene, String machine) {
    Token token = token(scene, machine);
    return scene.store.write(Store.EVERYBODY, transaction -> Sweep.has(transaction, CLOUD, token));
  }

  @Test
  void whatIsOnTheSweepListIsLeftToTheSweep() {
    try (Scene scene = scene("")) {
      orphan(scene);
      sweeping(scene);
      healthy(doctor(scene));
    }
  }

  private static void sweeping(Scene scene) {
    Task sweep =
        new Task(
            Sweep.id(CLOUD, new Token("forgotten")),
            Scene.TENANT,
            CLOUD,
            "sweep",
            scene.clock.instant().plusSeconds(3600),
            0,
            Scene.document(),
            0,
            Optional.empty(),
            Optional.empty());
    String ignored =
        scene.store.write(
            Store.EVERYBODY,
            transaction -> {
              transaction.insertTask(sweep);
              return sweep.job();
            });
  }

  @Test
  void aSecondServerOfARowIsATwinAndNotTheDoctorsToRemove() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      Handle twin = machine(scene, CLOUD, token(scene, web));
      Doctor doctor = doctor(scene);
      Finding finding = only(doctor);
      assertThat(finding.sort()).isEqualTo(Sort.TWIN);
      assertThat(finding.there().orElseThrow().handle()).isEqualTo(twin);
      assertThat(finding.row().map(Row::id)).contains(web);
      scene.clock.forward(LONG);
      assertThat(only(doctor).removable()).isFalse();
    }
  }

  @Test
  void anotherStateAtTheProviderIsDrift() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      scene.cloud(CLOUD).turn(machines(scene).getFirst(), MachineState.STOPPED, "power cut");
      Finding finding = only(doctor(scene));
      assertThat(finding.sort()).isEqualTo(Sort.DRIFT);
      assertThat(finding.row().map(Row::id)).contains(web);
      assertThat(finding.message())
          .isEqualTo("state is STARTED in the store and STOPPED at the provider");
    }
  }

  @Test
  void anotherSizeAtTheProviderIsDrift() {
    try (Scene scene = scene("")) {
      says(scene, scene.started("web"), "cpu", 7);
      says(scene, scene.available("data"), "capacity", 1);
      assertThat(doctor(scene).look())
          .extracting(Finding::message)
          .containsExactly(
              "cpu is 7 in the store and 1 at the provider",
              "capacity is 1 in the store and 2000000 at the provider");
    }
  }

  private static void says(Scene scene, String id, String attribute, long value) {
    Row row = scene.read(id);
    ObjectNode document = row.document().deepCopy().put(attribute, value);
    Row ignored =
        scene.store.write(
            Store.EVERYBODY, transaction -> transaction.update(row.withDocument(document)));
  }

  @Test
  void aRowWhoseServerIsGoneIsDriftBeforeAndAfterTheWatchHasSeenIt() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      scene.cloud(CLOUD).vanish(machines(scene).getFirst());
      Doctor doctor = doctor(scene);
      Finding before = only(doctor);
      assertThat(before.message()).isEqualTo("the provider no longer has it");
      Account account = scene.shop().accounts().find(CLOUD).orElseThrow();
      Errand.run(() -> scene.shop().watcher().look(account));
      assertThat(scene.state(web)).isEqualTo("ERROR");
      Finding after = only(doctor);
      assertThat(after.sort()).isEqualTo(Sort.DRIFT);
      assertThat(after.id()).isEqualTo(before.id());
    }
  }

  @Test
  void whatAJobWorksOnIsNoDrift() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      scene.cloud(CLOUD).plan(Mishap.refuse("delete", Fault.TRANSIENT, "later").times(0));
      String job = scene.delete(web);
      assertThat(scene.state(web)).isEqualTo("DELETING");
      healthy(doctor(scene));
      scene.cloud(CLOUD).calm();
      scene.ended(job);
      healthy(doctor(scene));
    }
  }

  @Test
  void aVolumeThatNobodyKnowsIsAnOrphanToo() {
    try (Scene scene = scene("")) {
      scene.available("data");
      Handle orphan =
          provider(scene, CLOUD)
              .volumes()
              .create(
                  new VolumeOrder("stray", 1000, Optional.empty(), Terms.NONE),
                  new VolumeSpot("north-1", Optional.of("disk"), Optional.empty()),
                  new Token("forgotten"));
      Doctor doctor = doctor(scene);
      assertThat(only(doctor).kind()).contains("Volume");
      scene.clock.forward(LONG);
      doctor.remove(only(doctor));
      await().until(() -> scene.volumesAtProviders().size() == 1);
      assertThat(scene.volumesAtProviders())
          .extracting(ScriptedVolume::id)
          .doesNotContain(orphan.value());
    }
  }

  @Test
  void imagesAndSnapshotsThatNobodyKnowsAreOrphansAndThoseOfRowsAreNot() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      String data = scene.available("data");
      assertThat(scene.ended(scene.capture(web, "own").job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.ended(scene.snapshot(data, "own").job()).state()).isEqualTo("SUCCESS");
      scene.moment(web, "own");
      Doctor doctor = doctor(scene);
      healthy(doctor);
      Connector provider = provider(scene, CLOUD);
      Handle machine = new Handle(machines(scene).getFirst());
      Handle volume = new Handle(scene.volumesAtProviders().getFirst().id());
      Handle image = provider.machines().capture(machine, "stray", new Token("i-1"));
      Handle snapshot = provider.volumes().snapshot(volume, "stray", new Token("i-2"));
      Handle moment = provider.machineSnapshots().take(machine, "stray", new Token("i-3"));
      assertThat(doctor.look())
          .allMatch(finding -> finding.sort() == Sort.ORPHAN && !finding.removable())
          .extracting(
              finding -> finding.kind().orElseThrow(),
              finding -> finding.there().orElseThrow().handle())
          .containsExactlyInAnyOrder(
              tuple("MachineImage", image),
              tuple("VolumeImage", snapshot),
              tuple("MachineSnapshot", moment));
      scene.clock.forward(LONG);
      doctor.look().forEach(doctor::remove);
      await().until(() -> doctor.look().isEmpty());
      assertThat(provider.images().list()).hasSize(1);
      assertThat(provider.snapshots().list()).hasSize(1);
      assertThat(provider.machineSnapshots().list()).hasSize(1);
    }
  }

  @Test
  void anImageIsNoOrphanWhileItIsMadeAndASecondOneOfItsTokenIsATwin() {
    try (Scene scene = scene("delays: { capture: PT2M }\n")) {
      String web = scene.started("web");
      Scene.Ordered ordered = scene.capture(web, "own");
      Connector provider = provider(scene, CLOUD);
      await().until(() -> !provider.images().list().isEmpty());
      Doctor doctor = doctor(scene);
      healthy(doctor);
      scene.clock.forward(LONG);
      healthy(doctor);
      scene.clock.forward(Duration.ofMinutes(3));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      Token token = provider.images().list().getFirst().token();
      Handle second =
          provider.machines().capture(new Handle(machines(scene).getFirst()), "twin", token);
      Finding finding = only(doctor);
      assertThat(finding.sort()).isEqualTo(Sort.TWIN);
      assertThat(finding.there().orElseThrow().handle()).isEqualTo(second);
    }
  }

  @Test
  void anImageThatTheSweepLooksForIsLeftToIt() {
    try (Scene scene = scene("")) {
      scene.started("web");
      Handle machine = new Handle(machines(scene).getFirst());
      provider(scene, CLOUD).machines().capture(machine, "stray", new Token("forgotten"));
      Doctor doctor = doctor(scene);
      assertThat(only(doctor).sort()).isEqualTo(Sort.ORPHAN);
      sweeping(scene);
      healthy(doctor);
    }
  }

  @Test
  void anImageOrSnapshotOfARowThatIsGoneIsADrift() {
    try (Scene scene = scene("")) {
      String web = scene.started("web");
      Scene.Ordered image = scene.capture(web, "own");
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      Scene.Ordered snapshot = scene.snapshot(scene.available("data"), "own");
      assertThat(scene.ended(snapshot.job()).state()).isEqualTo("SUCCESS");
      String moment = scene.moment(web, "own");
      Connector provider = provider(scene, CLOUD);
      provider.images().list().forEach(one -> provider.images().delete(one.handle()));
      provider.snapshots().list().forEach(one -> provider.snapshots().delete(one.handle()));
      provider
          .machineSnapshots()
          .list()
          .forEach(one -> provider.machineSnapshots().delete(one.handle()));
      Doctor doctor = doctor(scene);
      await()
          .untilAsserted(() ->
              assertThat(doctor.look())
                  .allMatch(finding -> finding.sort() == Sort.DRIFT && !finding.removable())
                  .extracting(finding -> finding.row().orElseThrow().id())
                  .containsExactlyInAnyOrder(image.machine(), snapshot.machine(), moment));
      scene.ended(scene.deleteImage(snapshot.machine()));
      await().until(() -> doctor.look().size() == 2);
    }
  }

  @Test
  void anImageWhoseHandleTheStoreHasLostIsADriftAndNoOrphan() {
    try (Scene scene = scene("")) {
      Scene.Ordered image = scene.capture(scene.started("web"), "own");
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      Row row = scene.read(image.machine());
      ObjectNode inner = row.inner().deepCopy();
      inner.withObject("made").remove("handle");
      Row ignored =
          scene.store.write(
              Store.EVERYBODY, transaction -> transaction.update(row.withInner(inner)));
      Doctor doctor = doctor(scene);
      scene.clock.forward(LONG);
      Finding finding = only(doctor);
      assertThat(finding.sort()).isEqualTo(Sort.DRIFT);
      assertThat(finding.removable()).isFalse();
    }
  }

  @Test
  void whereTheListOfSnapshotsFailsNothingOfTheAccountIsRemoved() {
    try (Scene scene = scene("")) {
      scene.started("web");
      Handle machine = new Handle(machines(scene).getFirst());
      provider(scene, CLOUD).machines().capture(machine, "stray", new Token("forgotten"));
      Doctor doctor = doctor(scene);
      only(doctor);
      scene.clock.forward(LONG);
      Finding orphan = only(doctor);
      assertThat(orphan.removable()).isTrue();
      scene.cloud(CLOUD).plan(Mishap.refuse("snapshots", Fault.TRANSIENT, "away").times(0));
      assertThat(only(doctor).sort()).isEqualTo(Sort.UNSEEN);
      assertThat(doctor.find(orphan.id())).isEmpty();
    }
  }

  @Test
  void aNetworkThatNobodyKnowsIsAnOrphanToo() {
    try (Scene scene = scene(Clouds.connected(CLOUD))) {
      String own = scene.network("blue");
      Handle orphan =
          provider(scene, CLOUD)
              .networks()
              .create(
                  new NetworkOrder("stray", Optional.empty(), Terms.NONE),
                  "north-1",
                  new Token("forgotten"));
      Doctor doctor = doctor(scene);
      assertThat(only(doctor).kind()).contains("Network");
      scene.clock.forward(LONG);
      doctor.remove(only(doctor));
      await().until(() -> scene.networksAtProviders().size() == 1);
      assertThat(scene.networksAtProviders())
          .extracting(ScriptedNetwork::id)
          .doesNotContain(orphan.value());
      assertThat(scene.state(own)).isEqualTo("STARTED");
    }
  }

  @Test
  void anAccountThatCannotBeAskedIsToldAndHidesNoOther() {
    try (Scene scene = scene(Clouds.script(CLOUD, SILENT), Clouds.script("south", SILENT))) {
      orphan(scene);
      scene.cloud("south").password("changed");
      assertThat(doctor(scene).look())
          .extracting(Finding::account, Finding::sort)
          .containsExactlyInAnyOrder(tuple(CLOUD, Sort.ORPHAN), tuple("south", Sort.UNSEEN));
    }
  }
}
