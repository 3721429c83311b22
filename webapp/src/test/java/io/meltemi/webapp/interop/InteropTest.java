package io.meltemi.webapp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropTest {
  private static final List<String> COLLECTIONS =
      List.of(
          "resourceMetadata",
          "machines",
          "machineTemplates",
          "machineConfigs",
          "machineImages",
          "credentials",
          "credentialTemplates",
          "networks",
          "addresses",
          "segments",
          "endpoints",
          "jobs");

  private final TestBroker broker = TestBroker.start("/stories/cloud.yaml");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  InteropTest() throws IOException {}

  Stream<Consumer> consumers() {
    return Stream.of(1, 2)
        .flatMap(version ->
            Stream.of("JSON", "XML")
                .map(form ->
                    new Consumer(client, broker.url(), TestBroker.PASSWORD, version, form)));
  }

  @AfterAll
  void close() {
    broker.close();
  }

  /** IS-1. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("consumers")
  void theEntryPointLeadsToEveryCollection(Consumer consumer) throws Exception {
    Seen entryPoint = consumer.get(consumer.entryPoint());
    assertThat(entryPoint.type()).isEqualTo(consumer.namespace() + "/CloudEntryPoint");
    assertThat(entryPoint.text("name")).isNotEmpty();
    assertThat(entryPoint.text("baseURI")).endsWith("/");
    for (String collection : COLLECTIONS) {
      if (entryPoint.link(collection).isEmpty()) continue;
      Seen page = consumer.get(entryPoint.link(collection).orElseThrow());
      assertThat(page.type()).startsWith(consumer.namespace()).endsWith("Collection");
      assertThat(page.text("count")).as(collection).matches("\\d+");
    }
    assertThat(entryPoint.link("machines")).isPresent();
  }

  /** IS-2, IS-5 and IS-7: made, stopped, started, restarted, deleted. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("consumers")
  void aMachineIsMadeManipulatedAndDeleted(Consumer consumer) throws Exception {
    Seen entryPoint = consumer.get(consumer.entryPoint());
    String images = entryPoint.link("machineImages").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !consumer.get(images).text("count").equals("0"));
    String image = first(consumer, images, "machineImages", "MachineImage");
    String config =
        first(
            consumer,
            entryPoint.link("machineConfigs").orElseThrow(),
            "machineConfigurations",
            "MachineConfiguration");
    String machines = entryPoint.link("machines").orElseThrow();
    String add = consumer.get(machines).operation("add").orElseThrow();
    HttpResponse<String> created =
        consumer.send("POST", add, consumer.machine("interop", config, image));
    assertThat(created.statusCode()).as(created.body()).isIn(201, 202);
    String machine = created.headers().firstValue("Location").orElseThrow();
    assertThat(created.headers().firstValue("CIMI-Job-URI")).isPresent();

    settled(consumer, machine, "STARTED");
    Seen seen = consumer.get(machine);
    assertThat(seen.type()).isEqualTo(consumer.namespace() + "/Machine");
    assertThat(seen.text("name")).isEqualTo("interop");
    assertThat(seen.text("id")).isEqualTo(machine);
    assertThat(seen.text("cpu")).matches("\\d+");
    assertThat(seen.link("disks")).isPresent();
    assertThat(seen.link("volumes")).isPresent();

    act(consumer, machine, "stop", "STOPPED");
    assertThat(consumer.get(machine).operation("stop")).isEmpty();
    act(consumer, machine, "start", "STARTED");
    act(consumer, machine, "restart", "STARTED");

    String delete = consumer.get(machine).operation("delete").orElseThrow();
    assertThat(consumer.send("DELETE", delete, "").statusCode()).isIn(200, 202);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> consumer.send("GET", machine, "").statusCode() == 404);
  }

  private static String first(Consumer consumer, String url, String member, String element)
      throws Exception {
    return consumer.get(url).items(member, element).getFirst().text("id");
  }

  private static void act(Consumer consumer, String machine, String name, String end)
      throws Exception {
    String where = consumer.get(machine).operation(name).orElseThrow();
    HttpResponse<String> answer = consumer.send("POST", where, consumer.action(name));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    settled(consumer, machine, end);
  }

  private static void settled(Consumer consumer, String machine, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> consumer.get(machine).text("state").equals(state));
  }

  /** IS-9 and IS-10. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("consumers")
  void theMetadataTellsAboutMachines(Consumer consumer) throws Exception {
    Seen entryPoint = consumer.get(consumer.entryPoint());
    String url = entryPoint.link("resourceMetadata").orElseThrow();
    Seen page = consumer.get(url);
    assertThat(page.text("id")).isEqualTo(url);
    assertThat(page.type()).isEqualTo(consumer.namespace() + "/ResourceMetadataCollection");
    List<Seen> items = page.items("resourceMetadatas", "ResourceMetadata");
    assertThat(page.text("count")).isEqualTo(Integer.toString(items.size()));
    Seen machine =
        items.stream()
            .filter(item -> item.text("typeURI").equals(consumer.namespace() + "/Machine"))
            .findFirst()
            .orElseThrow();
    assertThat(consumer.get(machine.text("id")).text("name")).isEqualTo("Machine");
  }
}
