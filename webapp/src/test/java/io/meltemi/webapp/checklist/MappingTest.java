package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Stores;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each attribute of an order is carried to a place is told before and after (goal B3). */
class MappingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestBroker broker;
  private final Client anna;

  MappingTest(@TempDir Path keys) throws IOException {
    broker =
        TestBroker.on(
            Stores.memory(BrokerKinds.all(), Clock.systemUTC()),
            keys,
            TestBroker.cloud("/checklist/cloud.yaml"));
    anna = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    await().atMost(PATIENCE).until(() -> anna.json("broker/1/offers").path("count").asInt() == 3);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private String image() {
    return anna.json("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
  }

  private String odd(String name) {
    return """
    {'name': '%s', 'machineTemplate': {'initialState': 'STARTED',
      'machineConfig': {'cpu': 1, 'memory': 700000, 'cpuSpeed': 2000},
      'machineImage': {'href': '%s'}, 'userData': 'IyEvYmluL3NoCg==',
      'credential': {'userName': 'anna', 'publicKey': 'ssh-ed25519 AAAA anna'}}}
    """
        .formatted(name, image());
  }

  private static Stream<String> lines(JsonNode shown) {
    return shown
        .path("mapping")
        .valueStream()
        .map(each ->
            "%s %s: %s, %s, +%s"
                .formatted(
                    each.path("attribute").asText(),
                    each.path("fidelity").asText(),
                    each.path("wanted").asText(),
                    each.path("given").asText("nothing"),
                    each.path("surplus").asText("0")));
  }

  @Test
  void anOddAmountOfMemoryNamesTheSizeThatIsTakenAndItsSurplus() {
    String machine = anna.made("cimi/2/machines", odd("odd"));
    await()
        .atMost(PATIENCE)
        .until(() -> anna.json(machine).path("state").asText().equals("STARTED"));
    assertThat(lines(anna.json(machine)))
        .containsExactly(
            "cpu EXACT: 1 CPUs, 1 CPUs, +0",
            "memory APPROXIMATED: 700000 KiB, 4194304 KiB, +3494304 KiB",
            "name EXACT: odd, odd, +0",
            "machineConfig APPROXIMATED: 1 CPUs, 700000 KiB, one CPU, +0",
            "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
            "image EXACT: debian, debian, +0",
            "userData EXACT: given, given, +0",
            "publicKey EXACT: given, given, +0",
            "userName DROPPED: anna, nothing, +0",
            "initialState EXACT: STARTED, STARTED, +0");
    assertThat(anna.get(machine.replace("cimi/2", "cimi/1") + "?$format=xml").body())
        .contains("attribute=\"memory\"", "fidelity=\"APPROXIMATED\"", "surplus=\"3494304 KiB\"");
  }

  @Test
  void aSizeThatIsAsItWasAskedIsNamedToo() {
    String machine = anna.made("cimi/2/machines", odd("even").replace("700000", "4194304"));
    assertThat(lines(anna.json(machine)))
        .contains(
            "memory EXACT: 4194304 KiB, 4194304 KiB, +0",
            "machineConfig EXACT: 1 CPUs, 4194304 KiB, one CPU, +0");
  }

  @Test
  void aDryRunTellsOfEachPlaceWhatItWouldNotGiveAsAsked() {
    JsonNode decision =
        Client.json(
            anna.send("POST", "cimi/2/machines?dryRun=true", odd("dry").replace('\'', '"')));
    assertThat(decision.path("choices")).hasSize(1);
    assertThat(lines(decision.path("choices").path(0)))
        .containsExactly(
            "memory APPROXIMATED: 700000 KiB, 4194304 KiB, +3494304 KiB",
            "machineConfig APPROXIMATED: 1 CPUs, 700000 KiB, one CPU, +0",
            "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
            "userName DROPPED: anna, nothing, +0");
    assertThat(anna.json("cimi/2/machines").path("count").asInt()).isZero();
  }

  @Test
  void aDecisionLeadsBackThroughTheDoorThatWasAsked() {
    for (String face : List.of("cimi/1", "cimi/2")) {
      JsonNode decision =
          Client.json(
              anna.send(
                  "POST",
                  face + "/machines?dryRun=true",
                  odd("dry").replace('\'', '"').replace("cimi/2", face)));
      assertThat(decision.path("order").path("image").path("href").asText())
          .contains("/" + face + "/machineImages/");
    }
  }

  @Test
  void aDiskOfTheOrderIsToldApartFromTheOneThatTheSizeHas() {
    String machine =
        anna.made(
            "cimi/2/machines",
            odd("roomy").replace("'cpuSpeed': 2000", "'disks': [{'capacity': 15000000}]"));
    await()
        .atMost(PATIENCE)
        .until(() -> anna.json(machine).path("state").asText().equals("STARTED"));
    assertThat(lines(anna.json(machine))).contains("disks EXACT: 15000000 kB, 15000000 kB, +0");
  }

  @Test
  void whatAPlaceMakesNothingOfIsDroppedAndShownNowhere() {
    String order =
        odd("wishes")
            .replace(
                "'cpuSpeed': 2000",
                "'cpuSpeed': 2000, 'disks': [{'capacity': 2000},"
                    + " {'capacity': 1000, 'format': 'xfs', 'initialLocation': '/dev/sdc'}]");
    String machine = anna.made("cimi/2/machines", order);
    await()
        .atMost(PATIENCE)
        .until(() -> anna.json(machine).path("state").asText().equals("STARTED"));
    JsonNode shown = anna.json(machine);
    assertThat(lines(shown))
        .endsWith(
            "disks[1].format DROPPED: xfs, nothing, +0",
            "disks[1].initialLocation DROPPED: /dev/sdc, nothing, +0");
    assertThat(shown.has("cpuSpeed")).isFalse();
    JsonNode disks = anna.json(shown.path("disks").path("href").asText());
    assertThat(disks.toString()).contains("disk2").doesNotContain("xfs", "/dev/sdc");
  }

  @Test
  void aVolumeTellsItToo() {
    String volume =
        anna.made(
            "cimi/2/volumes",
            "{'name': 'data', 'volumeTemplate':"
                + " {'volumeConfig': {'capacity': 1500, 'format': 'ext4', 'type':"
                + " 'http://schemas.dmtf.org/cimi/2/mapped'}}}");
    await()
        .atMost(PATIENCE)
        .until(() -> anna.json(volume).path("state").asText().equals("AVAILABLE"));
    assertThat(lines(anna.json(volume)))
        .containsExactly(
            "capacity EXACT: 1500 kB, 1500 kB, +0",
            "name EXACT: data, data, +0",
            "type APPROXIMATED: http://schemas.dmtf.org/cimi/2/mapped,"
                + " a disk of one machine at a time, +0",
            "format DROPPED: ext4, nothing, +0");
  }
}
