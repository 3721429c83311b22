package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.BERT;
import static io.meltemi.broker.door.World.READER;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineStoryTest {
  @TempDir Path keys;
  private World world;

  @BeforeEach
  void open() {
    world = new World(keys);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private MachineOrder ordered() {
    return world.jobs.orders.getLast();
  }

  private Problem refused(String body) {
    return refusal(() -> world.broker.create(ANNA, "machines", json(body), World.plain()));
  }

  @Test
  void anOrderIsAcceptedWithMachineJobAndDecision() {
    Reply reply = world.machine(ANNA, "web");
    assertThat(reply.accepted()).isTrue();
    assertThat(reply.created()).isTrue();
    Resource machine = reply.resource().orElseThrow();
    assertThat(machine.attributes().path("state").asText()).isEqualTo("CREATING");
    assertThat(machine.attributes().path("cpu").asInt()).isEqualTo(1);
    assertThat(machine.attributes().has("_")).isFalse();
    assertThat(world.broker.read(ANNA, reply.job().orElseThrow().id()).kind().name())
        .isEqualTo("Job");
    JsonNode decision =
        world.broker.list(ANNA, "decisions", World.ALL).items().getFirst().attributes();
    assertThat(decision.path("outcome").asText()).isEqualTo("PLACED");
    assertThat(decision.path("resource").path("href").asText()).isEqualTo(machine.id());
  }

  @Test
  void overridesReplaceAndNullErasesForThisMachineOnly() {
    String template =
        world
            .create(
                ANNA,
                "machineTemplates",
                "{'name': 'base', 'initialState': 'STOPPED', 'userData': 'aGk=', 'machineConfig':"
                    + " {'href': '"
                    + world.small
                    + "'}, 'machineImage': {'href': '"
                    + world.image
                    + "'}}")
            .id();
    world.broker.create(
        ANNA,
        "machines",
        json(
            "{'machineTemplate': {'href': '"
                + template
                + "', 'userData': null, 'machineConfig': {'cpu': 2, 'memory': 1024}}}"),
        World.plain());
    assertThat(ordered().cpu()).isEqualTo(2);
    assertThat(ordered().userDataBase64()).isEmpty();
    assertThat(ordered().initialState()).isEqualTo(MachineState.STOPPED);
    assertThat(world.broker.read(ANNA, template).attributes().path("userData").asText())
        .isEqualTo("aGk=");
  }

  @Test
  void aCredentialReachesTheOrderAndItsPasswordIsNeverShown() {
    String line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ anna@home";
    Resource credential =
        world.create(
            ANNA,
            "credentials",
            "{'name': 'mine', 'credentialTemplate': {'userName': 'anna', 'password':"
                + " 'planted-secret', 'key': '"
                + HexFormat.of().formatHex(line.getBytes(UTF_8))
                + "'}}");
    world.broker.create(
        ANNA,
        "machines",
        json(world.order("m", "'credential': {'href': '" + credential.id() + "'}")),
        World.plain());
    MachineOrder.Login login = ordered().login().orElseThrow();
    assertThat(login.password()).contains("planted-secret");
    assertThat(login.publicKey()).contains(line);
    assertThat(world.broker.read(ANNA, credential.id()).attributes().toString())
        .doesNotContain("planted-secret");
    assertThat(world.store.read("t1", credential.id()).orElseThrow().document().toString())
        .doesNotContain("planted-secret");
  }

  @Test
  void aKeyThatIsNoneIsRefusedUnderTheNameItCameBy() {
    Map<String, String> given =
        Map.of(
            "publicKey", "'publicKey': 'garbage'",
            "key", "'key': '6761'",
            "parameters.key", "'parameters': {'key': 'garbage'}");
    given.forEach((name, member) -> {
      Problem order = refused(world.order("m", "'credential': {" + member + "}"));
      assertThat(order.field()).contains("machineTemplate.credential." + name);
      Problem credential =
          refusal(
              () -> world.create(ANNA, "credentials", "{'credentialTemplate': {" + member + "}}"));
      assertThat(credential.field()).contains("credentialTemplate." + name);
    });
  }

  @Test
  void aChangeThatChangesNothingIsNotWritten() {
    Resource made = world.create(ANNA, "machineConfigs", "{'name': 'c', 'cpu': 1, 'memory': 1024}");
    for (String same : List.of("{'created': '2001-01-01T00:00:00Z'}", "{}")) {
      world.broker.update(ANNA, made.id(), json(same), Set.of("created"), World.plain());
    }
    world.broker.update(ANNA, made.id(), json("{'cpu': 1}"), Set.of("cpu"), World.plain());
    Resource now = world.broker.read(ANNA, made.id());
    assertThat(now.generation()).isEqualTo(made.generation());
    assertThat(now.attributes().path("updated")).isEqualTo(made.attributes().path("updated"));
    world.broker.update(ANNA, made.id(), json("{'cpu': 2}"), Set.of("cpu"), World.plain());
    assertThat(world.broker.read(ANNA, made.id()).generation()).isGreaterThan(made.generation());
  }

  @Test
  void userDataThatIsNotBase64IsRefusedByName() {
    Problem problem = refused(world.order("m", "'userData': 'not base64!'"));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).contains("machineTemplate.userData");
  }

  @Test
  void anUnknownAttributeIsRefusedWithTheNearestName() {
    Problem problem = refused(world.order("m", "'machineImgae': {'href': 'x'}"));
    assertThat(problem.code()).isEqualTo("attribute.unknown");
    assertThat(problem.remedy()).contains("machineImage");
  }

  @Test
  void aMisspeltTermIsRefusedWithTheNearestWord() {
    Problem problem =
        refused(
            world
                .order("m", "")
                .replace("{'name'", "{'placement': {'terms': {'locaton': 'zone'}}, 'name'"));
    assertThat(problem.code()).isEqualTo("placement.unknown-term");
    assertThat(problem.remedy()).contains("locations");
  }

  @Test
  void anUnknownPolicyIsRefused() {
    Problem problem =
        refused(
            world
                .order("m", "")
                .replace("{'name'", "{'placement': {'policy': 'cheepest'}, 'name'"));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.remedy()).contains("cheapest");
  }

  @Test
  void thePolicyOfTheOrderCounts() {
    world.broker.create(
        ANNA,
        "machines",
        json(
            world
                .order("m", "")
                .replace("{'name'", "{'placement': {'policy': 'cheapest'}, 'name'")),
        World.plain());
    JsonNode decision =
        world.broker.list(ANNA, "decisions", World.ALL).items().getFirst().attributes();
    assertThat(decision.path("choices").path(0).path("offer").asText()).isEqualTo("south/zone/m1");
  }

  @Test
  void anOrderThatFitsNowhereTellsEveryOffersVerdictsAndIsKept() {
    Problem problem =
        refused(
            "{'machineTemplate': {'machineConfig': {'cpu': 512, 'memory': 1024}, 'machineImage':"
                + " {'href': '"
                + world.image
                + "'}}}");
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.code()).isEqualTo("machine.no-offer");
    JsonNode details = problem.details().orElseThrow();
    assertThat(details.path("verdicts")).hasSize(2);
    assertThat(details.path("verdicts").path(0).path("verdicts").path(0).path("wanted").asText())
        .contains("512");
    String stored = details.path("decision").path("href").asText();
    assertThat(world.broker.read(ANNA, stored).attributes().path("outcome").asText())
        .isEqualTo("REFUSED");
    assertThat(world.broker.list(ANNA, stored + "/verdicts", World.ALL).count()).isEqualTo(2);
    assertThat(world.broker.list(ANNA, "machines", World.ALL).count()).isZero();
    assertThat(world.jobs.orders).isEmpty();
  }

  @Test
  void aDryRunTellsTheDecisionAndWritesNothing() {
    long before = world.store.lastPosition();
    Reply reply = world.broker.create(ANNA, "machines", json(world.order("m", "")), World.dry());
    assertThat(reply.resource().orElseThrow().attributes().path("admitted").asInt()).isEqualTo(2);
    assertThat(world.store.lastPosition()).isEqualTo(before);
    assertThat(world.jobs.orders).isEmpty();
  }

  @Test
  void theQuotaOfTheTenantCountsWhatThePlaceGivesAndIsNeverExceeded() {
    world.offers.removeFirst(); // the one that gives what is asked; the other has one size
    world.broker.create(
        World.ADMIN,
        "tenants",
        json("{'name': 't1', 'quota': {'cpu': 3}}"),
        World.through(Face.BROKER_1));
    world.machine(ANNA, "first");
    Problem problem = refusal(() -> world.machine(ANNA, "second"));
    assertThat(problem.code()).isEqualTo("quota.exceeded");
    assertThat(world.broker.list(ANNA, "machines", World.ALL).count()).isEqualTo(1);
    assertThat(world.store.claimed("tenant:t1")).isEqualTo(new Amount(1, 2, 2_097_152, 20_000_000));
  }

  @Test
  void aTenantWithAMemberIsNotDeleted() {
    Resource tenant =
        world
            .broker
            .create(World.ADMIN, "tenants", json("{'name': 'left'}"), World.through(Face.BROKER_1))
            .resource()
            .orElseThrow();
    world.broker.create(
        World.ADMIN,
        "users",
        json(
            "{'name': 'dave', 'password': 'correct horse', 'memberships':"
                + " [{'tenant': {'href': 'tenants/left'}, 'role': 'MEMBER'}]}"),
        World.through(Face.BROKER_1));
    Problem problem =
        refusal(() -> world.broker.delete(World.ADMIN, tenant.id(), World.through(Face.BROKER_1)));
    assertThat(problem.code()).isEqualTo("tenant.not-empty");
    assertThat(problem.message()).contains("dave");
  }

  @Test
  void aWordThatPlacementDoesNotKnowIsRefusedWithThoseItKnows() {
    Problem problem =
        refused(
            world
                .order("m", "")
                .replace("{'name'", "{'placement': {'terms': {'countries': 'France'}}, 'name'"));
    assertThat(problem.remedy()).contains("ISO 3166-1", "FR");
  }

  @Test
  void theTenantsCountriesHoldForEveryOrder() {
    world.broker.create(
        World.ADMIN,
        "tenants",
        json("{'name': 't1', 'placement': {'terms': {'countries': 'FR'}}}"),
        World.through(Face.BROKER_1));
    world.machine(ANNA, "m");
    JsonNode decision =
        world.broker.list(ANNA, "decisions", World.ALL).items().getFirst().attributes();
    assertThat(decision.path("admitted").asInt()).isEqualTo(1);
    Problem problem =
        refused(
            world
                .order("m", "")
                .replace("{'name'", "{'placement': {'terms': {'countries': 'DE'}}, 'name'"));
    assertThat(problem.code()).isEqualTo("placement.contradiction");
  }

  @Test
  void whatTheTemplateSaysOfThePlaceHoldsWhereTheOrderSaysNothing() {
    String template =
        world
            .order("m", "")
            .replace(
                "'machineTemplate': {",
                "'machineTemplate': {'placement': {'terms': {'countries': 'FR'}},");
    assertThat(admitted(template)).isEqualTo(1);
    assertThat(admitted(template.replace("{'name'", "{'placement': {'policy': 'spread'}, 'name'")))
        .isEqualTo(1);
    String other = "{'placement': {'terms': {'abilities': 'START'}}, 'name'";
    assertThat(admitted(template.replace("{'name'", other))).isEqualTo(1);
    String all = "{'placement': {'terms': {'countries': 'FR DE'}}, 'name'";
    assertThat(admitted(template.replace("{'name'", all))).isGreaterThan(1);
  }

  private int admitted(String order) {
    List<String> before = decisions().map(Resource::id).toList();
    world.broker.create(ANNA, "machines", json(order), World.plain());
    return decisions()
        .filter(decision -> !before.contains(decision.id()))
        .findFirst()
        .orElseThrow()
        .attributes()
        .path("admitted")
        .asInt();
  }

  private Stream<Resource> decisions() {
    return world.broker.list(ANNA, "decisions", World.ALL).items().stream();
  }

  @Test
  void aForeignMachineIsAsMissingAsOneThatNeverWas() {
    String machine = world.machine(ANNA, "m").resource().orElseThrow().id();
    Problem foreign = refusal(() -> world.broker.read(BERT, machine));
    Problem missing = refusal(() -> world.broker.read(BERT, "machines/none"));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.code()).isEqualTo(missing.code());
    assertThat(refusal(() -> world.broker.delete(BERT, machine, World.plain())).status())
        .isEqualTo(404);
    assertThat(refusal(() -> world.broker.list(BERT, machine + "/disks", World.ALL)).status())
        .isEqualTo(404);
  }

  @Test
  void aReaderLooksAndDoesNotTouch() {
    String machine = world.machine(ANNA, "m").resource().orElseThrow().id();
    assertThat(world.broker.read(READER, machine).operations()).isEmpty();
    assertThat(world.broker.list(READER, "machines", World.ALL).operations()).isEmpty();
    assertThat(refusal(() -> world.machine(READER, "x")).status()).isEqualTo(403);
    assertThat(refusal(() -> world.broker.delete(READER, machine, World.plain())).code())
        .isEqualTo("right.reader");
  }

  @Test
  void anActionThatTheStateForbidsNamesTheStateAndWhatIsPossible() {
    String machine = world.machine(ANNA, "m").resource().orElseThrow().id();
    world.place(machine, "STARTED", world.offers.getFirst());
    Problem problem =
        refusal(() -> world.broker.act(ANNA, machine, "start", json("{}"), World.plain()));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.message()).contains("STARTED");
    assertThat(problem.remedy()).contains("stop").contains("pause");
  }

  @Test
  void whatThePlaceCannotDoIsNeitherOfferedNorAccepted() {
    String machine = world.machine(ANNA, "m").resource().orElseThrow().id();
    world.place(machine, "STARTED", world.offers.getLast());
    assertThat(world.broker.read(ANNA, machine).operations()).contains("stop", "delete");
    assertThat(world.broker.read(ANNA, machine).operations()).doesNotContain("pause", "capture");
    assertThat(
            refusal(() -> world.broker.act(ANNA, machine, "pause", json("{}"), World.plain()))
                .code())
        .isEqualTo("ability.missing");
  }

  @Test
  void capturingMakesAnImageAtEitherDoor() {
    String machine = world.machine(ANNA, "m").resource().orElseThrow().id();
    world.place(machine, "STOPPED", world.offers.getFirst());
    Reply reply =
        world.broker.create(
            ANNA,
            "machineImages",
            json(
                "{'name': 'copy', 'type': 'IMAGE', 'imageLocation': 'http://h:1/cimi/1/"
                    + machine
                    + "'}"),
            World.through(Face.CIMI_1));
    Resource image = reply.resource().orElseThrow();
    assertThat(reply.accepted()).isTrue();
    assertThat(image.attributes().path("state").asText()).isEqualTo("CREATING");
    assertThat(image.attributes().path("type").asText()).isEqualTo("IMAGE");
  }

  @Test
  void whatTheProviderShowsAppearsInBothVersions() {
    Row row =
        world
            .store
            .read("t1", world.machine(ANNA, "m").resource().orElseThrow().id())
            .orElseThrow();
    world.place(row.id(), "STARTED", world.offers.getFirst());
    world.store.write(
        "t1",
        transaction -> {
          Row placed = transaction.find(row.id()).orElseThrow();
          var inner = placed.inner().deepCopy();
          inner.withArray("addresses").addObject().put("ip", "10.0.0.5").put("network", "lan");
          return transaction.update(placed.withInner(inner));
        });
    Resource nic =
        world.broker.list(ANNA, row.id() + "/networkInterfaces", World.ALL).items().getFirst();
    Resource address =
        world.broker.list(ANNA, nic.id() + "/addresses", World.ALL).items().getFirst();
    String path = address.attributes().path("address").path("href").asText();
    assertThat(world.broker.read(ANNA, path).attributes().path("ip").asText())
        .isEqualTo("10.0.0.5");
    String network = nic.attributes().path("network").path("href").asText();
    assertThat(world.broker.read(ANNA, network).kind().name()).isEqualTo("Network");
    Resource segment =
        world.broker.list(ANNA, network + "/segments", World.ALL).items().stream()
            .filter(each -> each.attributes().path("protocol").asText().equals("IPv4"))
            .findFirst()
            .orElseThrow();
    assertThat(world.broker.list(ANNA, segment.id() + "/endpoints", World.ALL).count())
        .isEqualTo(1);
    assertThat(world.broker.list(ANNA, row.id() + "/interfaces/1/endpoints", World.ALL).count())
        .isEqualTo(1);
    assertThat(refusal(() -> world.broker.read(BERT, network)).status()).isEqualTo(404);
  }

  @Test
  void base64OfUserDataReachesTheOrderUnchanged() {
    String data = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
    world.broker.create(
        ANNA, "machines", json(world.order("m", "'userData': '" + data + "'")), World.plain());
    assertThat(ordered().userDataBase64()).contains(data);
  }
}
