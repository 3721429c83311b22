package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
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
    scenarios.volumes();
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
