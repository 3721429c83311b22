package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenarios on a scripted cloud: both versions, both formats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class InteropTest {
  private static final TravellingOrder.Carried CARRIED =
      new TravellingOrder.Carried(
          List.of(
              "cpu EXACT: 1 CPUs, 1 CPUs, +0",
              "memory APPROXIMATED: 200000 KiB, 4194304 KiB, +3994304 KiB",
              "disks EXACT: 1200000 kB, 1200000 kB, +0",
              "name EXACT: NAME, NAME, +0",
              "machineConfig APPROXIMATED: 1 CPUs, 200000 KiB, one CPU, +0",
              "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
              "image EXACT: debian, debian, +0",
              "userData EXACT: given, given, +0",
              "publicKey EXACT: given, given, +0",
              "userName DROPPED: anna, nothing, +0",
              "initialState EXACT: STARTED, STARTED, +0",
              "volumeTemplates EXACT: NAME-volume1, NAME-volume1, +0",
              "initialLocation DROPPED: /dev/sdf, nothing, +0",
              "floatingAddress DROPPED: true, nothing, +0",
              "disks[0].format DROPPED: ext4, nothing, +0",
              "disks[0].initialLocation DROPPED: /dev/sdb, nothing, +0"),
          List.of(
              "capacity EXACT: 1600000 kB, 1600000 kB, +0",
              "name EXACT: NAME-volume1, NAME-volume1, +0",
              TravellingOrder.TYPE,
              "format DROPPED: ext4, nothing, +0"));

  private TestBroker broker;

  @BeforeAll
  void start() throws IOException {
    broker = TestBroker.start("/stories/cloud.yaml");
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @ParameterizedTest(name = "CIMI {0}, XML {1}")
  @CsvSource({"1,false", "1,true", "2,false", "2,true"})
  void aConsumerWalksEveryScenario(int version, boolean xml) {
    Scenarios scenarios = scenarios(new Dialect(version, xml));
    scenarios.entryPoint();
    scenarios.createFromImageAndConfiguration();
    scenarios.createFromTemplate();
    scenarios.volumes(true);
    scenarios.travel(CARRIED);
    scenarios.manipulate();
    scenarios.capture();
    long acts = acts();
    scenarios.restart();
    assertThat(acts()).as("restart, stop, restart at the provider").isEqualTo(acts + 3);
    scenarios.userData();
    scenarios.metadata();
    scenarios.machineMetadata();
    scenarios.defaultInitialState();
    scenarios.initialStates();
  }

  private long acts() {
    return broker.cloud().calls().stream().filter(call -> call.call().equals("act")).count();
  }

  private Scenarios scenarios(Dialect dialect) {
    String pair = "admin:" + TestBroker.PASSWORD;
    String authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return new Scenarios(
        new Consumer(URI.create(broker.url()), authorization, dialect),
        Duration.ofSeconds(60),
        machine -> Optional.empty());
  }
}
