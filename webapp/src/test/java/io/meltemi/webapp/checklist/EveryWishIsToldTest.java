package io.meltemi.webapp.checklist;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that a consumer may write in an order is told in the mapping of what is made, or is
 * named here with the reason why not (goal B3). What may be written is read from the declarations.
 */
class EveryWishIsToldTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Kinds KINDS = BrokerKinds.all();

  /** By path in the order, or by its beginning: the attribute of the mapping that tells of it. */
  private static final Map<String, String> TOLD =
      Map.ofEntries(
          entry("name", "name"),
          entry("machineTemplate.machineConfig.cpu", "cpu"),
          entry("machineTemplate.machineConfig.memory", "memory"),
          entry("machineTemplate.machineConfig.disks[].capacity", "disks"),
          entry("machineTemplate.machineConfig.disks[].format", "disks[0].format"),
          entry(
              "machineTemplate.machineConfig.disks[].initialLocation", "disks[0].initialLocation"),
          entry("machineTemplate.machineConfig.cpuArch", "cpuArch"),
          entry("machineTemplate.machineConfig.cpuSpeed", "cpuSpeed"),
          entry("machineTemplate.machineImage", "image"),
          entry("machineTemplate.credential.userName", "userName"),
          entry("machineTemplate.credential.password", "password"),
          entry("machineTemplate.credential.publicKey", "publicKey"),
          entry("machineTemplate.credential.parameters", "credential.parameters.shell"),
          entry("machineTemplate.volumes[].volume", "volumes"),
          entry("machineTemplate.volumes[].initialLocation", "initialLocation"),
          entry("machineTemplate.volumes[].credential", "volumes[0].credential"),
          entry("machineTemplate.volumeTemplates[].initialLocation", "initialLocation"),
          entry("machineTemplate.interfaceTemplates[].network", "network"),
          entry("machineTemplate.initialState", "initialState"),
          entry("machineTemplate.floatingAddress", "floatingAddress"),
          entry("machineTemplate.userData", "userData"),
          entry("machineTemplate.genResourceMetadata", "genResourceMetadata"),
          entry("volumeTemplate.volumeConfig.type", "type"),
          entry("volumeTemplate.volumeConfig.format", "format"),
          entry("volumeTemplate.volumeConfig.capacity", "capacity"),
          entry("volumeTemplate.volumeImage", "volumeImage"),
          entry("volumeTemplate.genResourceMetadata", "genResourceMetadata"),
          entry("networkTemplate.networkConfig.mtu", "mtu"),
          entry("networkTemplate.networkConfig.classOfService", "classOfService"),
          entry("networkTemplate.subnet", "subnet"));

  /** By path in the order, or by its end: why the mapping need not tell of it. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          entry("name", "a template's own; that of what is made is told"),
          entry("description", "kept and shown here, or a template's own"),
          entry("properties", "kept and shown here, or a template's own"),
          entry("placement.policy", "told by the decision"),
          entry("placement.rules", "told by the decision"),
          entry("placement.terms", "ports are told, a rule holds each of the others"),
          entry("credential.key", "another form of publicKey"),
          entry("floatingAddressOptional", "says how floatingAddress is meant, which is told"),
          entry("interfaceTemplates[].initialState", "ENABLED, or refused"),
          entry("networkInterfaces[].state", "ACTIVE, or refused"),
          entry("networkInterfaces[].network", "kept as interfaceTemplates, which are told"),
          entry("networkTemplate.initialState", "STARTED, or refused"),
          entry("networkConfig.networkType", "PRIVATE, or refused"));

  private final TestBroker broker;
  private final Client anna;

  EveryWishIsToldTest() throws IOException {
    broker = TestBroker.start("/checklist/everything.yaml");
    anna = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
    await().atMost(PATIENCE).until(() -> anna.json("broker/1/offers").path("count").asInt() == 3);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void whatMayBeWrittenIsToldOrHasItsReason() {
    assertThat(written("Machine", "Volume", "Network"))
        .isNotEmpty()
        .allMatch(path -> isTold(path) || hasReason(path), "told or with a reason");
  }

  @Test
  void whatATellingNamesMayBeWritten() {
    Set<String> written = written("Machine", "Volume", "Network");
    assertThat(TOLD.keySet())
        .allMatch(told -> written.stream().anyMatch(path -> path.startsWith(told)), "written");
    assertThat(REASONS.keySet())
        .allMatch(end -> written.stream().anyMatch(path -> path.endsWith(end)), "written");
  }

  @Test
  void aMachineOfAllWishesTellsOfEach() {
    String order =
        """
        {'name': 'all', 'machineTemplate': {'initialState': 'PAUSED',
          'machineConfig': {'cpu': 1, 'memory': 700000, 'cpuArch': 'x86_64', 'cpuSpeed': 2000,
            'disks': [{'capacity': 1000, 'format': 'ext4', 'initialLocation': '/dev/sdb'}]},
          'machineImage': {'href': '%s'}, 'userData': 'IyEvYmluL3NoCg==',
          'credential': {'userName': 'anna', 'password': 'a word for anna',
            'publicKey': 'ssh-ed25519 AAAA anna', 'parameters': {'shell': '/bin/zsh'}},
          'volumes': [{'volume': {'href': '%s'}, 'initialLocation': '/dev/sdc',
            'credential': {'userName': 'anna'}}],
          'volumeTemplates': [{'volumeTemplate': {'volumeConfig': {'capacity': 1000}},
            'initialLocation': '/dev/sdd'}],
          'interfaceTemplates': [{'network': {'href': '%s'}}],
          'floatingAddress': true, 'genResourceMetadata': {'href': '%s'}}}
        """
            .formatted(
                first("machineImages"), volume("there"), first("networks"), metadata("Machine"));
    tellsOfEach("Machine", order, "PAUSED");
  }

  @Test
  void portsAreToldWhereverTheyAreNamed() {
    String ports = "'placement': {'terms': {'ports': '443 22'}}, ";
    String machine =
        anna.made(
            "cimi/2/machines",
            ("{%s'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 700000},"
                    + " 'machineImage': {'href': '%s'}}}")
                .formatted(ports, first("machineImages")));
    assertThat(anna.json(machine).path("mapping").toString())
        .contains("{\"attribute\":\"ports\",\"fidelity\":\"EXACT\",\"wanted\":\"22, 443\"");
    String volume =
        anna.made(
            "cimi/2/volumes",
            "{%s'volumeTemplate': {'volumeConfig': {'capacity': 1000}}}".formatted(ports));
    assertThat(anna.json(volume).path("mapping").toString())
        .contains("{\"attribute\":\"ports\",\"fidelity\":\"DROPPED\",\"wanted\":\"22, 443\"");
  }

  @Test
  void aVolumeOfAllWishesTellsOfEach() {
    String image =
        anna.made(
            "cimi/2/volumeImages",
            "{'name': 'image', 'imageLocation': '%s'}".formatted(volume("model")));
    reaches(image, "AVAILABLE");
    String order =
        """
        {'name': 'all', 'volumeTemplate': {'volumeConfig': {'capacity': 1000, 'format': 'ext4',
            'type': 'http://schemas.dmtf.org/cimi/1/mapped'},
          'volumeImage': {'href': '%s'}, 'genResourceMetadata': {'href': '%s'}}}
        """
            .formatted(image, metadata("Volume"));
    tellsOfEach("Volume", order, "AVAILABLE");
  }

  @Test
  void aNetworkOfAllWishesTellsOfEach() {
    String order =
        """
        {'name': 'all', 'networkTemplate': {'subnet': '10.66.0.0/24',
          'networkConfig': {'mtu': 9000, 'classOfService': 'GOLD'}}}
        """;
    tellsOfEach("Network", order, "STARTED");
  }

  private void tellsOfEach(String kind, String order, String state) {
    Face face = kind.equals("Network") ? Face.CIMI_1 : Face.CIMI_2;
    ResourceKind declared = KINDS.get(kind);
    String ordered = declared.template().map(EveryWishIsToldTest::member).orElseThrow() + ".";
    Map<String, String> tellings = new TreeMap<>(TOLD);
    tellings.keySet().removeIf(path -> !path.startsWith(ordered) && !path.equals("name"));
    assertThat(tellings.keySet()).allMatch(path -> given(order, path), "in the order");
    String door = face == Face.CIMI_1 ? "cimi/1/" : "cimi/2/";
    String made = anna.made(door + declared.segment(), order);
    reaches(made, state);
    assertThat(anna.json(made).path("mapping").valueStream())
        .extracting(each -> each.path("attribute").asText())
        .containsAll(tellings.values());
  }

  /** True when the order gives a value at such a path. */
  private static boolean given(String order, String path) {
    JsonNode node = parse(order.replace('\'', '"'));
    for (String member : path.split("\\.")) {
      node = node.path(member.replace("[]", ""));
      if (member.endsWith("[]")) node = node.path(0);
    }
    return !node.isMissingNode();
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static boolean isTold(String path) {
    return TOLD.keySet().stream()
        .anyMatch(told -> path.equals(told) || path.startsWith(told + "."));
  }

  private static boolean hasReason(String path) {
    return REASONS.keySet().stream()
        .anyMatch(reason -> path.equals(reason) || path.endsWith("." + reason));
  }

  /** Paths of all that orders of these kinds may say, in both versions. */
  private static Set<String> written(String... kinds) {
    Set<String> paths = new TreeSet<>();
    for (String name : kinds) {
      ResourceKind kind = KINDS.get(name);
      String template = kind.template().orElseThrow();
      for (Face face : List.of(Face.CIMI_1, Face.CIMI_2)) {
        add(paths, "", kind.attributes(face).values(), face);
        add(paths, member(template) + ".", KINDS.get(template).attributes(face).values(), face);
      }
    }
    return paths;
  }

  private static void add(
      Set<String> to, String prefix, Collection<Attribute> attributes, Face face) {
    attributes.stream()
        .filter(each -> each.faces().contains(face) && each.givenAtCreate())
        .forEach(each -> add(to, prefix + each.name(), each.type(), face));
  }

  private static void add(Set<String> to, String path, Type type, Face face) {
    switch (type) {
      case Type.Listing list -> add(to, path + "[]", list.item(), face);
      case Type.Struct struct ->
          struct.fields().stream()
              .filter(each -> each.faces().contains(face))
              .forEach(each -> add(to, path + "." + each.name(), each.type(), face));
      case Type.Ref ref when isBlueprint(ref.target()) -> {
        Collection<Attribute> attributes = KINDS.get(ref.target()).attributes(face).values();
        add(to, whole(path, ref.target()) + ".", attributes, face);
      }
      default -> to.add(path);
    }
  }

  /** What is read, and of which nothing is referred to afterwards. */
  private static boolean isBlueprint(String kind) {
    return kind.endsWith("Template") || kind.endsWith("Configuration") || kind.equals("Credential");
  }

  /** A volume that is made with a machine tells of its template by itself. */
  private static String whole(String path, String kind) {
    return kind.equals("VolumeTemplate") ? member(kind) : path;
  }

  private static String member(String kind) {
    return Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
  }

  private String first(String collection) {
    return anna.json("cimi/2/" + collection).path(collection).path(0).path("id").asText();
  }

  private String metadata(String kind) {
    return broker.url() + "cimi/2/resourceMetadata/" + kind;
  }

  private String volume(String name) {
    String volume =
        anna.made(
            "cimi/2/volumes",
            "{'name': '%s', 'volumeTemplate': {'volumeConfig': {'capacity': 1000}}}"
                .formatted(name));
    reaches(volume, "AVAILABLE");
    return volume;
  }

  private void reaches(String url, String state) {
    await().atMost(PATIENCE).until(() -> anna.json(url).path("state").asText().equals(state));
  }
}
