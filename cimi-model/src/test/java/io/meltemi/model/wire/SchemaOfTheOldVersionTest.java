package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/**
 * What is written for 1.x is valid against DSP8009 1.0.2, but for that schema's own defects
 * (several attributes and text in a capability of ResourceMetadata, the name of the snapshot, and a
 * disk's common elements).
 */
class SchemaOfTheOldVersionTest {
  private static final Set<String> DEFECTIVE =
      Set.of("ResourceMetadata", "Disk", "MachineSnapshot");
  private static final long SEED = 20261121L;

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);
  private final View view = View.of(Face.CIMI_1, "http://host:8080");
  private Optional<Schema> schema = Optional.empty();

  @BeforeEach
  void readTheSchema() {
    schema = Facts.find("dsp8009.xsd").map(SchemaOfTheOldVersionTest::schema);
    assumeThat(schema).as("DSP8009 is not at hand").isPresent();
  }

  @Test
  void everyKindIsValid() throws Exception {
    RandomResources random = new RandomResources(SEED);
    for (ResourceKind kind : kinds.all()) {
      if (kind.faces().contains(Face.CIMI_1) && !DEFECTIVE.contains(kind.name())) {
        for (int i = 0; i < 50; i++) {
          validate(codec.write(Format.XML, random.of(kind, Face.CIMI_1), view));
        }
      }
    }
  }

  @Test
  void aCollectionIsValid() throws Exception {
    RandomResources random = new RandomResources(SEED);
    ResourceKind machine = kinds.get("Machine");
    List<Resource> items =
        List.of(random.of(machine, Face.CIMI_1), random.of(machine, Face.CIMI_1));
    validate(
        codec.write(
            Format.XML,
            new Page("machines", "cloudEntryPoint", machine, 2, items, Set.of("add")),
            view));
  }

  @Test
  void aDiskWithoutFormatIsValid() throws Exception {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    values.putArray("disks").addObject().put("capacity", 1000);
    Resource small =
        new Resource(kinds.get("MachineConfiguration"), "machineConfigs/c", 1, values, Set.of());
    validate(codec.write(Format.XML, small, view));
  }

  @Test
  void aVolumeTemplateByValueIsValid() throws Exception {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    values.putArray("volumes").addObject().putObject("volume").put("href", "volumes/v");
    ObjectNode entry = values.putArray("volumeTemplates").addObject();
    entry.put("initialLocation", "/dev/sdb");
    entry.putObject("volumeTemplate").putObject("volumeConfig").put("href", "volumeConfigs/c");
    Resource template =
        new Resource(kinds.get("MachineTemplate"), "machineTemplates/t", 1, values, Set.of());
    validate(codec.write(Format.XML, template, view));
  }

  @Test
  void aRefusalIsValid() throws Exception {
    Problem problem = Problem.of(400, "a.b", "bad \u0001 thing", "mend it").saidByProvider("no");
    validate(
        codec.write(
            Format.XML, new Failure(problem, "add", Optional.of("machines"), Instant.EPOCH), view));
  }

  @Test
  void theSchemaIsWorthAsking() {
    byte[] wrong =
        "<Machine xmlns='http://schemas.dmtf.org/cimi/1'><cpu>1</cpu><state>STARTED</state></Machine>"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> validate(wrong)).isInstanceOf(SAXException.class);
  }

  private void validate(byte[] document) throws SAXException, IOException {
    try {
      schema
          .orElseThrow()
          .newValidator()
          .validate(new StreamSource(new ByteArrayInputStream(document)));
    } catch (SAXException e) {
      throw new SAXException(e.getMessage() + "\n" + new String(document, StandardCharsets.UTF_8));
    }
    assertThat(document).isNotEmpty();
  }

  /** The schema imports the one of xml:lang, which nothing of ours uses. */
  private static Schema schema(Path file) {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setResourceResolver((type, namespace, publicId, systemId, base) -> new NoInput());
    try {
      return factory.newSchema(file.toFile());
    } catch (SAXException e) {
      throw new IllegalStateException(e);
    }
  }
}
