package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class MetadataTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  @Test
  void anAttributeOfTheNewVersionHasFourConstraints() throws IOException {
    JsonNode machine = metadata("Machine", Face.CIMI_2);
    assertThat(machine.get("typeURI").asText()).isEqualTo("http://schemas.dmtf.org/cimi/2/Machine");
    assertThat(named(machine, "attributes", "state"))
        .isEqualTo(
            tree(
                "{'name':'state','providerMandatory':true,'consumerMandatory':false,'mutable':true,'consumerWritable':false}"));
    assertThat(named(machine, "attributes", "placement").get("namespace").asText())
        .isEqualTo("https://meltemi.io/broker/1");
    assertThat(named(machine, "attributes", "placement").get("type").asText()).isEqualTo("struct");
    assertThat(named(machine, "attributes", "endpoints").get("type").asText())
        .isEqualTo("struct[]");
  }

  @Test
  void anAttributeOfTheOldVersionIsRequiredOrNot() throws IOException {
    JsonNode image = metadata("MachineImage", Face.CIMI_1);
    assertThat(named(image, "attributes", "type"))
        .isEqualTo(
            tree(
                """
                {'name':'type','namespace':'http://schemas.dmtf.org/cimi/1','type':'string',
                 'required':true,'constraints':[{'value':'IMAGE'},{'value':'SNAPSHOT'},
                 {'value':'PARTIAL_SNAPSHOT'}]}
                """));
  }

  @Test
  void aCapabilityTellsItsMeaningAndValue() throws IOException {
    assertThat(named(metadata("Machine", Face.CIMI_1), "capabilities", "InitialStates"))
        .isEqualTo(
            tree(
                """
                {'name':'InitialStates','value':'STARTED,STOPPED',
                 'uri':'http://schemas.dmtf.org/cimi/1/capability/Machine/InitialStates',
                 'description':'states that can be asked for at creation'}
                """));
  }

  @Test
  void anActionTellsWhenItIsPossible() throws IOException {
    JsonNode start = named(metadata("Machine", Face.CIMI_2), "actions", "start");
    assertThat(start.get("uri").asText()).isEqualTo("http://schemas.dmtf.org/cimi/2/action/start");
    assertThat(start.get("method").asText()).isEqualTo("POST");
    assertThat(start.get("description").asText())
        .isEqualTo("start a Machine that is PAUSED, STOPPED, SUSPENDED; it ends STARTED");
  }

  @Test
  void permittedValuesStandInTheScope() throws IOException {
    JsonNode scope = metadata("MachineConfiguration", Face.CIMI_2).get("vscope").get(0);
    assertThat(scope.get("memory"))
        .isEqualTo(tree("{'minimum':1,'maximum':100000000000000,'units':'kibibyte'}"));
    assertThat(scope.get("cpuArch").get("values")).hasSize(12);
  }

  @Test
  void theXmlOfACapabilityHoldsItsValueAsText() {
    String xml =
        new String(
            codec.write(Format.XML, inside("Machine"), View.of(Face.CIMI_1, "http://h")),
            StandardCharsets.UTF_8);
    assertThat(xml)
        .contains("<typeURI>http://schemas.dmtf.org/cimi/1/Machine</typeURI><name>Machine</name>")
        .containsPattern("<capability name=\"InitialStates\"[^>]*>STARTED,STOPPED</capability>")
        .containsPattern("<attribute name=\"state\"[^>]*required=\"false\">");
  }

  /** As the broker knows it: the kind's name and values of capabilities. */
  private Resource inside(String kind) {
    ObjectNode values = NODES.objectNode().put("name", kind);
    values
        .putArray("capabilities")
        .addObject()
        .put("name", "InitialStates")
        .put("value", "STARTED,STOPPED");
    return new Resource(
        kinds.get("ResourceMetadata"), "resourceMetadata/" + kind, 1, values, Set.of());
  }

  private JsonNode metadata(String kind, Face face) throws IOException {
    byte[] written = codec.write(Format.JSON, inside(kind), View.of(face, "http://h"));
    return new ObjectMapper().readTree(written);
  }

  private static JsonNode named(JsonNode document, String list, String name) {
    return StreamSupport.stream(document.get(list).spliterator(), false)
        .filter(each -> each.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode tree(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
