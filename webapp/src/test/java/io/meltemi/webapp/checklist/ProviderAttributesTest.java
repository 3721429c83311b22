package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only its provider knows of a machine is shown, and outlives what is done here (goal B9). */
class ProviderAttributesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScriptedCloud cloud = TestBroker.cloud("/checklist/cloud.yaml");
  private final TestBroker broker;
  private final Client anna;

  ProviderAttributesTest(@TempDir Path keys) throws IOException {
    broker = TestBroker.on(Stores.memory(BrokerKinds.all(), Clock.systemUTC()), keys, cloud);
    anna = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    await().atMost(PATIENCE).until(() -> anna.json("broker/1/offers").path("count").asInt() == 3);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private String machine() {
    String image =
        anna.json("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String order =
        """
        {'name': 'web', 'properties': {'cost-centre': 'mine'}, 'machineTemplate': {'initialState': 'STARTED',
          'machineConfig': {'cpu': 1, 'memory': 700000}, 'machineImage': {'href': '%s'}}}
        """
            .formatted(image);
    String machine = anna.made("cimi/2/machines", order);
    reaches(machine, "STARTED");
    return machine;
  }

  private void reaches(String machine, String state) {
    await().atMost(PATIENCE).until(() -> anna.json(machine).path("state").asText().equals(state));
  }

  private JsonNode others(String machine) {
    return anna.json(machine).path("providerAttributes");
  }

  @Test
  void aTagOfTheProviderIsShownInBothVersionsAndFormsAndStaysWhenTheMachineIsStopped() {
    String machine = machine();
    assertThat(anna.json(machine).has("providerAttributes")).isFalse();
    String there =
        cloud.everything().stream()
            .filter(each -> each.request().name().equals("web"))
            .findFirst()
            .orElseThrow()
            .id();
    cloud.tag(there, "cost-centre", "4711 <&>");
    await().atMost(PATIENCE).until(() -> !others(machine).isMissingNode());
    assertThat(others(machine).toString()).isEqualTo("{\"cost-centre\":\"4711 <&>\"}");

    String older = machine.replace("cimi/2", "cimi/1");
    assertThat(others(older)).isEqualTo(others(machine));
    for (String face : new String[] {machine, older}) {
      assertThat(anna.get(face + "?$format=xml").body())
          .contains("providerAttribute", "key=\"cost-centre\"", "4711 &lt;&amp;");
    }
    assertThat(anna.json(machine).path("properties").path("cost-centre").asText())
        .isEqualTo("mine");

    assertThat(anna.send("POST", machine + "/stop", "{}").statusCode()).isEqualTo(202);
    reaches(machine, "STOPPED");
    assertThat(others(machine).toString()).isEqualTo("{\"cost-centre\":\"4711 <&>\"}");
  }
}
