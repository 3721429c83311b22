package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.BERT;
import static io.meltemi.broker.door.World.READER;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Usage;
import io.meltemi.broker.watch.Doctor;
import io.meltemi.broker.watch.Finding;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedMachine;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that others made: watched and moved as far as was allowed, never removed. */
class AdoptionTest {
  private static final String CLOUD =
      """
      name: aegean
      delays: { create: PT0S, stop: PT0S, start: PT0S, force_stop: PT0S }
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, CAPTURE]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 2, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      strangers:
        - { name: old-db, place: aegean-1, size: s, image: deb }
        - { name: old-web, place: aegean-1, size: s, image: deb }
      """;

  @TempDir Path keys;
  private ScriptedWorld world;
  private Broker broker;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD);
    broker = world.broker;
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** An account of the tenant t1, or of the house. */
  private String account(boolean house) {
    String body =
        "{'name': 'aegean', 'connector': 'scripted', 'settings': {'address': 'memory:aegean'},"
            + " 'house': %s, 'limits': {'watchMilliseconds': 100}}".formatted(house);
    Reply reply = broker.create(ADMIN, "accounts", json(body), World.through(Face.BROKER_1));
    String account = reply.resource().orElseThrow().id();
    await()
        .until(
            () -> foreign(ADMIN, account).stream().allMatch(each -> state(each).equals("STARTED")));
    return account;
  }

  private static String state(Resource resource) {
    return resource.attributes().path("state").asText();
  }

  private List<Resource> foreign(Caller caller, String account) {
    return broker.list(caller, account + "/foreignMachines", World.ALL).items();
  }

  private Resource foreign(String account, String name) {
    return foreign(ADMIN, account).stream()
        .filter(each -> each.attributes().path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Reply act(Caller caller, String path, String operation, String input) {
    return broker.act(caller, path, operation, json(input), World.through(Face.BROKER_1));
  }

  /** Path of the machine that stands for it from now on. */
  private String adopt(Caller caller, String foreign, String input) {
    JsonNode now = act(caller, foreign, "adopt", input).resource().orElseThrow().attributes();
    return now.path("machine").path("href").asText();
  }

  private ScriptedMachine there(String name) {
    return world.cloud.everything().stream()
        .filter(machine -> machine.request().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Usage> usage() {
    return world.store.usage("t1", Instant.EPOCH, Instant.now().plusSeconds(60));
  }

  @Test
  void whatOthersMadeIsShownAndAdoptedWithoutAnyChangeAtTheProvider() {
    String account = account(false);
    Resource seen = foreign(account, "old-db");
    assertThat(seen.operations()).containsExactly("adopt");
    assertThat(seen.attributes().path("adopted").asBoolean()).isFalse();
    List<ScriptedMachine> before = world.cloud.everything();

    String machine = adopt(ANNA, seen.id(), "{}");

    Resource adopted = broker.read(ANNA, machine);
    assertThat(adopted.attributes().path("name").asText()).isEqualTo("old-db");
    assertThat(adopted.attributes().path("adopted").asBoolean()).isTrue();
    assertThat(adopted.attributes().path("cpu").asInt()).isEqualTo(2);
    assertThat(adopted.attributes().path("memory").asInt()).isEqualTo(1048576);
    assertThat(account).endsWith("/" + adopted.attributes().path("account").asText());
    assertThat(state(adopted)).isEqualTo("STARTED");
    assertThat(adopted.operations()).containsExactly("edit");
    assertThat(broker.list(ANNA, "addresses", World.ALL).items())
        .extracting(each -> each.attributes().path("ip").asText())
        .containsExactly(there("old-db").address());
    Resource now = broker.read(ANNA, seen.id());
    assertThat(now.operations()).containsExactly("release");
    assertThat(world.cloud.everything()).isEqualTo(before);
    assertThat(world.cloud.calls()).noneMatch(call -> call.changing());
  }

  @Test
  void whatHappensToItAtItsProviderIsFollowedWithAnEvent() {
    String machine = adopt(ANNA, foreign(account(false), "old-db").id(), "{}");
    world.cloud.turn(there("old-db").id(), MachineState.STOPPED, "a hand at the switch");
    await().until(() -> state(broker.read(ANNA, machine)).equals("STOPPED"));
    assertThat(events("drift")).containsExactly(machine);
    world.cloud.vanish(there("old-db").id());
    await().until(() -> state(broker.read(ANNA, machine)).equals("ERROR"));
  }

  @Test
  void whatOthersWroteOnItIsShownAndKeptWhenItIsMoved() {
    world.cloud.tag(there("old-db").id(), "cost-centre", "4711");
    String machine = adopt(ANNA, foreign(account(false), "old-db").id(), "{'acting': true}");
    assertThat(others(machine)).isEqualTo(json("{'cost-centre': '4711'}"));

    broker.act(ANNA, machine, "stop", json("{}"), World.plain());
    await().until(() -> state(broker.read(ANNA, machine)).equals("STOPPED"));
    world.cloud.tag(there("old-db").id(), "owner", "Zoë");
    await().until(() -> others(machine).equals(json("{'cost-centre': '4711', 'owner': 'Zoë'}")));
    assertThat(there("old-db").request().tags())
        .isEqualTo(Map.of("cost-centre", "4711", "owner", "Zoë"));
    assertThat(events("drift")).isEmpty();
  }

  private JsonNode others(String machine) {
    return broker.read(ANNA, machine).attributes().path("providerAttributes");
  }

  private List<String> events(String type) {
    return world.store.events(Store.EVERYBODY, 0, 10_000).stream()
        .filter(event -> event.type().equals(type))
        .map(Event::resource)
        .toList();
  }

  @Test
  void itIsNeverDeletedAndTheRefusalSaysHowToBeRidOfIt() {
    String seen = foreign(account(false), "old-db").id();
    String machine = adopt(ANNA, seen, "{'acting': true}");
    Problem problem = refusal(() -> broker.delete(ANNA, machine, World.plain()));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.code()).isEqualTo("machine.adopted");
    assertThat(problem.remedy()).contains(seen + "/release");
    Row row = world.store.read("t1", machine).orElseThrow();
    assertThatThrownBy(() ->
            world.store.write(
                "t1", transaction -> world.shop.jobs().deleteMachine(transaction, ANNA, row)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(world.cloud.everything()).hasSize(2);
  }

  @Test
  void itIsMovedOnlyWhereWhoeverAdoptedItSaysSo() {
    String account = account(false);
    String watched = adopt(ANNA, foreign(account, "old-db").id(), "{}");
    String moved = adopt(ANNA, foreign(account, "old-web").id(), "{'acting': true}");
    assertThat(broker.read(ANNA, moved).operations())
        .containsExactlyInAnyOrder("edit", "stop", "restart", "pause");
    Problem problem = refusal(() -> broker.act(ANNA, watched, "stop", json("{}"), World.plain()));
    assertThat(problem.code()).isEqualTo("machine.adopted");
    assertThat(problem.remedy()).contains("acting");
    broker.act(ANNA, moved, "stop", json("{}"), World.plain());
    await().until(() -> state(broker.read(ANNA, moved)).equals("STOPPED"));
    assertThat(there("old-web").state()).isEqualTo(MachineState.STOPPED);
    assertThat(there("old-db").state()).isEqualTo(MachineState.STARTED);
    assertThat(
            refusal(() -> broker.act(ANNA, moved, "capture", json("{'name': 'x'}"), World.plain()))
                .code())
        .isEqualTo("machine.adopted");
  }

  @Test
  void itIsReleasedThoughItsProviderIsSilentAndCanBeAdoptedAgain() {
    String account = account(false);
    String seen = foreign(account, "old-db").id();
    String machine = adopt(ANNA, seen, "{'name': 'ledger'}");
    assertThat(broker.read(ANNA, machine).attributes().path("name").asText()).isEqualTo("ledger");
    world.cloud.plan(Mishap.refuse("any", Fault.TRANSIENT, "out to lunch").times(0));
    act(ANNA, seen, "release", "{}");
    assertThat(refusal(() -> broker.read(ANNA, machine)).status()).isEqualTo(404);
    assertThat(events("released")).containsExactly(machine);
    world.cloud.calm();
    assertThat(world.cloud.everything()).hasSize(2);
    assertThat(adopt(ANNA, seen, "{}")).isEqualTo(machine);
  }

  @Test
  void itsUseIsToldApartAndCountsAgainstNoQuota() {
    adopt(ANNA, foreign(account(false), "old-db").id(), "{}");
    assertThat(usage()).extracting(Usage::kind).containsExactly("AdoptedMachine");
    assertThat(world.store.claimed("tenant:t1").machines()).isZero();
  }

  @Test
  void ofManyWhoAdoptAtOnceOneDoes() throws Exception {
    String seen = foreign(account(false), "old-db").id();
    List<Future<Boolean>> tries;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      tries =
          IntStream.range(0, 16).mapToObj(number -> threads.submit(() -> adopts(seen))).toList();
    }
    long adopted = tries.stream().filter(Future::resultNow).count();
    assertThat(adopted).isEqualTo(1);
    assertThat(broker.list(ANNA, "machines", World.ALL).count()).isEqualTo(1);
  }

  private boolean adopts(String seen) {
    try {
      act(ANNA, seen, "adopt", "{}");
      return true;
    } catch (ProblemException e) {
      assertThat(e.problem().code()).isEqualTo("foreign.state");
      return false;
    }
  }

  @Test
  void whoseAccountItIsNotSeesNothingAndMayNothing() {
    String account = account(false);
    String seen = foreign(account, "old-db").id();
    assertThat(refusal(() -> foreign(BERT, account)).status()).isEqualTo(404);
    assertThat(refusal(() -> act(BERT, seen, "adopt", "{}")).status()).isEqualTo(404);
    assertThat(foreign(READER, account)).hasSize(2).allMatch(each -> each.operations().isEmpty());
    assertThat(refusal(() -> act(READER, seen, "adopt", "{}")).code()).isEqualTo("right.foreign");
    String machine = adopt(ANNA, seen, "{}");
    assertThat(refusal(() -> act(READER, seen, "release", "{}")).code()).isEqualTo("right.foreign");
    assertThat(refusal(() -> broker.read(BERT, machine)).status()).isEqualTo(404);
  }

  /** Members are served by an account of the house; what else runs there is not theirs. */
  @Test
  void atAnAccountOfTheHouseThoseWhoRunItAdoptForATenantWhichMayRelease() {
    String account = account(true);
    assertThat(foreign(ANNA, account)).isEmpty();
    String seen = foreign(account, "old-db").id();
    assertThat(refusal(() -> act(ANNA, seen, "adopt", "{}")).status()).isEqualTo(404);
    String machine = adopt(ADMIN, seen, "{}");
    assertThat(state(broker.read(ANNA, machine))).isEqualTo("STARTED");
    assertThat(foreign(ANNA, account)).extracting(Resource::id).containsExactly(seen);
    assertThat(foreign(BERT, account)).isEmpty();
    act(ANNA, seen, "release", "{}");
    assertThat(broker.list(ANNA, "machines", World.ALL).count()).isZero();
  }

  @Test
  void aSilentProviderIsTold() {
    String account = account(false);
    world.cloud.plan(Mishap.refuse("machines", Fault.TRANSIENT, "out to lunch").times(0));
    Problem problem = refusal(() -> foreign(ANNA, account));
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.providerWords().orElseThrow()).contains("out to lunch");
  }

  @Test
  void anAccountThatGoesLetsItGo() {
    String account = account(false);
    String machine = adopt(ANNA, foreign(account, "old-db").id(), "{}");
    broker.delete(ADMIN, account, World.plain());
    assertThat(refusal(() -> broker.read(ANNA, machine)).status()).isEqualTo(404);
    assertThat(events("released")).containsExactly(machine);
    assertThat(world.cloud.everything()).hasSize(2);
    assertThat(usage()).allMatch(each -> each.to().isPresent());
  }

  @Test
  void aTenantThatGoesLetsItGo() {
    broker.create(ADMIN, "tenants", json("{'name': 't1'}"), World.through(Face.BROKER_1));
    String machine = adopt(ADMIN, foreign(account(true), "old-db").id(), "{}");
    broker.delete(ADMIN, "tenants/t1", World.plain());
    assertThat(world.store.read(Store.EVERYBODY, machine)).isEmpty();
    assertThat(world.cloud.everything()).hasSize(2);
  }

  @Test
  void theDoctorTellsItsDriftAndRemovesNothing() {
    String account = account(false);
    String machine = adopt(ANNA, foreign(account, "old-db").id(), "{}");
    Doctor doctor =
        new Doctor(world.store, world.shop.accounts(), world.shop.connectors(), Clock.systemUTC());
    assertThat(doctor.look()).isEmpty();
    world.shop.watcher().close();
    world.cloud.turn(there("old-db").id(), MachineState.STOPPED, "a hand at the switch");
    assertThat(doctor.look())
        .singleElement()
        .matches(each -> each.sort() == Finding.Sort.DRIFT && !each.removable());
    Account watched =
        world.shop.accounts().all().stream()
            .filter(each -> each.path().equals(account))
            .findFirst()
            .orElseThrow();
    Errand.run(() -> world.shop.watcher().look(watched));
    assertThat(state(broker.read(ANNA, machine))).isEqualTo("STOPPED");
    assertThat(doctor.look()).isEmpty();
    assertThat(world.cloud.everything()).hasSize(2);
  }
}
