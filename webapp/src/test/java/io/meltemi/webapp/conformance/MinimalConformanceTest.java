package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** What every provider has to have (R87; section 7.1 of DSP0263 2.0.0). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinimalConformanceTest {
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "Machine", Set.of("cpu", "memory", "disks", "cpuArch", "cpuSpeed"),
          "MachineImage", Set.of("imageLocation"),
          "MachineConfiguration", Set.of("cpu", "memory", "disks", "cpuArch", "cpuSpeed"),
          "ResourceMetadata", Set.of("typeURI", "name", "attributes"));

  /** The constraints of an attribute, by version. */
  private static final List<String> OF_1 = List.of("required");

  private static final List<String> OF_2 =
      List.of("providerMandatory", "consumerMandatory", "mutable", "consumerWritable");

  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void theEntryPointNamesWhatItMust(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    for (String collection :
        List.of("resourceMetadata", "machines", "machineImages", "machineConfigs")) {
      Answer all = talk.all(collection);
      assertThat(all.typeUri()).startsWith(dialect.namespace()).endsWith("Collection");
      assertThat(all.need("id")).isEqualTo(talk.href(collection));
      all.need("count");
    }
  }

  @InEveryDialect
  void theMetadataTellsWhatItMust(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    ATTRIBUTES.forEach((type, wanted) -> {
      String filter = "typeURI='" + dialect.typeUri(type) + "'";
      List<Answer> found = talk.asked(talk.href("resourceMetadata"), "$filter", filter).items();
      assertThat(found).as(type).hasSize(1);
      Answer metadata = talk.get(found.getFirst().need("id"));
      assertThat(metadata.need("name")).isEqualTo(type);
      for (Answer attribute : metadata.entries("attributes", "attribute")) {
        for (String constraint : dialect.version() == 1 ? OF_1 : OF_2) {
          assertThat(attribute.need(constraint)).as(attribute.need("name")).isIn("true", "false");
        }
      }
      Set<String> attributes =
          metadata.entries("attributes", "attribute").stream()
              .map(attribute -> attribute.need("name"))
              .collect(Collectors.toSet());
      assertThat(attributes).as(type).containsAll(wanted);
      assertThat(attributes).contains("name", "description", "created", "updated", "properties");
    });
  }

  @InEveryDialect
  void aConfigurationIsMadeReadAndDeleted(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body config =
        talk.config("minimal")
            .with("cpuArch", "x86_64")
            .with("cpuSpeed", 2000)
            .list("disks", "disk", Body.of("x").with("capacity", 1000));
    Answer made = talk.made("machineConfigs", config);
    for (String name : List.of("name", "cpu", "memory", "cpuArch", "cpuSpeed", "created")) {
      made.need(name);
    }
    assertThat(made.entries("disks", "disk").getFirst().need("capacity")).isEqualTo("1000");
    assertThat(talk.consumer().delete(made.needOperation("delete")).status()).isEqualTo(200);
  }

  @InEveryDialect
  void anImageIsMadeReadAndDeleted(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body image =
        Body.of("MachineImage")
            .with("name", "minimal")
            .with("type", "IMAGE")
            .with("imageLocation", "https://images.example/a.qcow2");
    Answer made = talk.made("machineImages", image);
    assertThat(made.need("imageLocation")).isEqualTo("https://images.example/a.qcow2");
    assertThat(made.need("state")).isEqualTo("AVAILABLE");
    assertThat(talk.consumer().delete(made.needOperation("delete")).status()).isEqualTo(200);
  }

  @InEveryDialect
  void aMachineIsMadeOfATemplateByValueReadAndDeleted(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body config =
        Body.of("x")
            .with("cpu", 1)
            .with("memory", 131072)
            .with("cpuArch", "x86_64")
            .with("cpuSpeed", 2000)
            .list("disks", "disk", Body.of("x").with("capacity", 5000));
    Body template =
        Body.of("MachineTemplate")
            .part("machineConfig", config)
            .ref("machineImage", talk.all("machineImages").items().getFirst().need("id"));
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("minimal", template)).need("id"), "STARTED");
    assertThat(machine.need("cpu")).isEqualTo("1");
    assertThat(machine.need("memory")).isEqualTo("131072");
    assertThat(machine.need("cpuArch")).isEqualTo("x86_64");
    assertThat(machine.text("cpuSpeed")).as("no place promises one").isEmpty();
    Answer disks = talk.get(machine.needHref("disks"));
    assertThat(disks.items().getFirst().need("capacity")).isEqualTo("5000");
    Answer disk = talk.get(disks.items().getFirst().need("id"));
    assertThat(disk.need("capacity")).isEqualTo("5000");
    machine.needOperation("delete");
    talk.removed(machine);
  }
}
