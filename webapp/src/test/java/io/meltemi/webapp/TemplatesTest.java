package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.ovf.OvfWriter;
import io.meltemi.ovf.VirtualMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code meltemi templates} against a broker that runs. */
class TemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOREIGN = Path.of("../ovf/src/test/resources/foreign");

  @TempDir private Path folder;
  private TestBroker broker;
  private Path profile;
  private String out = "";
  private String err = "";

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start("/checklist/cloud.yaml");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("cimi/2/machineImages").path("count").asInt() > 0);
    String token =
        post("broker/1/apiTokens", "{'name': 'traveller', 'role': 'MEMBER'}")
            .path("token")
            .asText();
    profile =
        Files.writeString(
            folder.resolve("profile.json"),
            "{\"url\": \"%s\", \"token\": \"%s\"}".formatted(broker.url(), token));
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private JsonNode get(String where) {
    return ask("GET", where, "");
  }

  private JsonNode post(String where, String body) {
    return ask("POST", where, body.replace('\'', '"'));
  }

  private JsonNode ask(String verb, String where, String body) {
    byte[] login = ("admin:" + TestBroker.PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(where.startsWith("http") ? where : broker.url() + where))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(where, e);
    }
  }

  private int templates(String... words) {
    StringWriter told = new StringWriter();
    StringWriter complained = new StringWriter();
    CommandLine line =
        Meltemi.commandLine().setOut(new PrintWriter(told)).setErr(new PrintWriter(complained));
    String[] all = new String[words.length + 3];
    all[0] = "templates";
    all[1] = words[0];
    all[2] = "--profile";
    all[3] = profile.toString();
    System.arraycopy(words, 1, all, 4, words.length - 1);
    int code = line.execute(all);
    out = told.toString();
    err = complained.toString();
    return code;
  }

  private List<JsonNode> named(String collection, String items, String name) {
    return get("cimi/2/" + collection)
        .path(items)
        .valueStream()
        .filter(each -> each.path("name").asText().equals(name))
        .toList();
  }

  private int made() {
    return get("cimi/2/machineTemplates").path("count").asInt()
        + get("cimi/2/machineConfigs").path("count").asInt();
  }

  @Test
  void aMachineOfAnotherProgramsPackageBecomesATemplate() {
    assertThat(templates("import", FOREIGN.toString())).as(out + err).isZero();
    JsonNode template = named("machineTemplates", "machineTemplates", "web server").getFirst();
    assertThat(template.path("description").asText()).isEqualTo("serves pages");
    assertThat(get(template.path("machineImage").path("href").asText()).path("name").asText())
        .isEqualTo("debian");
    JsonNode configuration = get(template.path("machineConfig").path("href").asText());
    assertThat(configuration.path("cpu").asInt()).isEqualTo(2);
    assertThat(configuration.path("memory").asLong()).isEqualTo(1_048_576);
    assertThat(configuration.path("disks").findValuesAsText("capacity")).containsExactly("1000001");
    assertThat(out)
        .contains(
            "machine template web server: http",
            "note: The network 'lan'",
            "note: the machine image 'debian' is taken; what debian.vmdk holds, and its size, are"
                + " not")
        .doesNotContain("missing");
  }

  @Test
  void anImageThatIsNotThereIsSaidToBeMissing() throws Exception {
    OvfWriter.write(List.of(machine("web", Map.of("image", "plan9"))), folder.resolve("p.ova"));
    assertThat(templates("import", folder.resolve("p.ova").toString())).isEqualTo(3);
    assertThat(out).contains("missing: no machine image is called 'plan9'", "--image");
    assertThat(named("machineTemplates", "machineTemplates", "web"))
        .singleElement()
        .matches(template -> template.path("machineImage").isMissingNode());
    assertThat(templates("import", "--image", "debian", folder.resolve("p.ova").toString()))
        .isZero();
  }

  private static VirtualMachine machine(String name, Map<String, String> facts) {
    return new VirtualMachine(name, Optional.empty(), 1, 524_288, List.of(), facts, List.of());
  }

  @Test
  void whatIsExportedIsImportedAsItWas() {
    String image = get("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String configuration =
        post(
                "cimi/2/machineConfigs",
                """
                {'name': 'two disks', 'description': 'of the database', 'cpu': 3, 'memory': 700001,
                 'properties': {'tier': 'gold'}, 'cpuArch': 'x86_64', 'cpuSpeed': 2000,
                 'disks': [{'capacity': 1500, 'format': 'ext4', 'initialLocation': '/dev/vdb'},
                           {'capacity': 20000000}]}
                """)
            .path("id")
            .asText();
    post(
        "cimi/2/machineTemplates",
        """
        {'name': 'db & more', 'description': 'keeps <all>', 'properties': {'who': 'anna'},
         'initialState': 'STOPPED', 'machineConfig': {'href': '%s'},
         'machineImage': {'href': '%s'}, 'userData': 'c2VjcmV0',
         'floatingAddress': true, 'floatingAddressOptional': true,
         'interfaceTemplates': [{'network': {'href': '%s'}}],
         'volumeTemplates': [{'initialLocation': '/dev/vdq', 'volumeTemplate':
           {'volumeConfig': {'capacity': 5000, 'format': 'ext4'}}}],
         'placement': {'terms': {'countries': 'GR'}}}
        """
            .formatted(configuration, image, network()));
    JsonNode before = named("machineTemplates", "machineTemplates", "db & more").getFirst();
    Path package1 = folder.resolve("trip.ova");

    assertThat(templates("export", "db & more", "--to", package1.toString())).as(err).isZero();
    assertThat(out).contains("note: userData of db & more stays here.");
    ask("DELETE", before.path("id").asText(), "");
    assertThat(templates("import", package1.toString())).as(out + err).isZero();

    JsonNode after = named("machineTemplates", "machineTemplates", "db & more").getFirst();
    assertThat(portable(after)).isEqualTo(portable(before));
    assertThat(portable(get(after.path("machineConfig").path("href").asText())))
        .isEqualTo(portable(get(configuration)));
    assertThat(after.path("machineImage").path("href").asText()).isEqualTo(image);
    assertThat(templates("export", "db & more", "--to", package1.toString())).isEqualTo(1);
    assertThat(err).contains("is there already");
  }

  private String network() {
    return get("cimi/2/networks").path("networks").path(0).path("id").asText();
  }

  @Test
  void everythingThatATemplateMaySayTravelsOrIsToldToStay() {
    Set<String> known = new HashSet<>(List.of("name", "description", "properties"));
    known.addAll(TemplateForm.OF_TEMPLATE);
    known.addAll(TemplateForm.FOLLOWED);
    known.addAll(TemplateForm.STAYING);
    assertThat(BrokerKinds.all().get("MachineTemplate").attributes(Face.CIMI_2).values())
        .filteredOn(Attribute::givenAtCreate)
        .extracting(Attribute::name)
        .hasSizeGreaterThan(10)
        .isSubsetOf(known);
  }

  @Test
  void whatVolumesAndInterfacesReferToTravelsWithThem() {
    String volume =
        post(
                "cimi/2/volumeTemplates",
                """
                {'name': 'logs', 'volumeConfig': {'href': '%s'}}
                """
                    .formatted(
                        post("cimi/2/volumeConfigs", "{'name': 'big', 'capacity': 7000}")
                            .path("id")
                            .asText()))
            .path("id")
            .asText();
    String card =
        post(
                "cimi/2/interfaceTemplates",
                "{'name': 'card', 'network': {'href': '%s'}}".formatted(network()))
            .path("id")
            .asText();
    String template =
        post(
                "cimi/2/machineTemplates",
                """
                {'name': 'referring', 'machineConfig': {'cpu': 1, 'memory': 700000},
                 'interfaceTemplates': [{'href': '%s'}],
                 'volumeTemplates': [{'volumeTemplate': {'href': '%s'}}]}
                """
                    .formatted(card, volume))
            .path("id")
            .asText();
    Path source = folder.resolve("trip");
    assertThat(templates("export", template, "--to", source.toString())).as(err).isZero();
    for (String each : List.of(template, volume, card)) ask("DELETE", each, "");
    assertThat(templates("import", source.toString())).as(out + err).isZero();
    JsonNode after = named("machineTemplates", "machineTemplates", "referring").getFirst();
    assertThat(after.at("/volumeTemplates/0/volumeTemplate/volumeConfig/capacity").asLong())
        .isEqualTo(7000);
    assertThat(after.at("/interfaceTemplates/0/network/href").asText()).isEqualTo(network());
  }

  @Test
  void aNetworkThatIsNotThereIsSaidToBeMissing() throws Exception {
    OvfWriter.write(
        List.of(machine("web", Map.of("image", "debian", "networks", "[\"dmz\"]"))),
        folder.resolve("p.ova"));
    assertThat(templates("import", folder.resolve("p.ova").toString())).isEqualTo(3);
    assertThat(out).contains("missing: no network is called 'dmz'");
  }

  /** What another resource of the same content has in common. */
  private static ObjectNode portable(JsonNode resource) {
    ObjectNode common = resource.deepCopy();
    return common.remove(
        List.of("id", "created", "updated", "operations", "machineConfig", "userData"));
  }

  @Test
  void aPackageThatWasChangedIsRefusedAndNothingIsMade() throws IOException {
    int before = made();
    Path source = Files.createDirectory(folder.resolve("changed"));
    for (String name : List.of("web.ovf", "web.mf", "debian.vmdk")) {
      Files.copy(FOREIGN.resolve(name), source.resolve(name));
    }
    Files.writeString(source.resolve("debian.vmdk"), "the DISK\n");
    assertThat(templates("import", source.toString())).isEqualTo(1);
    assertThat(err).contains("'debian.vmdk' is not what the manifest lists");
    Files.delete(source.resolve("web.mf"));
    assertThat(templates("import", source.toString())).isEqualTo(1);
    assertThat(err).contains("no manifest");
    assertThat(made()).isEqualTo(before);
    assertThat(templates("import", "--without-manifest", source.toString())).isZero();
  }

  @Test
  void whenTheBrokerRefusesOneMachineNoneIsMade() throws Exception {
    int before = made();
    Map<String, String> wrong = Map.of("template", "{\"initialState\":\"DANCING\"}");
    OvfWriter.write(
        List.of(machine("good", Map.of()), machine("bad", wrong)), folder.resolve("two.ova"));
    assertThat(templates("import", folder.resolve("two.ova").toString())).isEqualTo(1);
    assertThat(err).contains("initialState");
    assertThat(made()).isEqualTo(before);
  }

  @Test
  void aDryRunMakesNothing() {
    int before = made();
    assertThat(templates("import", "--dry-run", FOREIGN.toString())).isZero();
    assertThat(out).contains("machine template web server would be made");
    assertThat(made()).isEqualTo(before);
  }

  @Test
  void aTemplateOfNoOrOfManyNamesIsAskedFor() {
    assertThat(templates("export", "nobody", "--to", folder.resolve("x").toString())).isEqualTo(1);
    assertThat(err).contains("No machine template is called 'nobody'");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
