package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenJsonTest {
  private static final String BASE = "http://host:8080";
  private static final View NEW = View.of(Face.CIMI_2, BASE);
  private static final View OLD = View.of(Face.CIMI_1, BASE);

  private final ObjectMapper json = new ObjectMapper();
  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  @Test
  void aMachineLinksItsCollectionsItsParentAndWhatItMayDo() throws IOException {
    JsonNode machine = written(machine("{'state':'STOPPED','cpu':2}", "edit", "start"), NEW);
    assertThat(machine)
        .isEqualTo(
            tree(
                """
                {'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine',
                 'id':'http://host:8080/cimi/2/machines/m1',
                 'parent':{'href':'http://host:8080/cimi/2/cloudEntryPoint'},
                 'state':'STOPPED','cpu':2,
                 'disks':{'href':'http://host:8080/cimi/2/machines/m1/disks'},
                 'volumes':{'href':'http://host:8080/cimi/2/machines/m1/volumes'},
                 'interfaces':{'href':'http://host:8080/cimi/2/machines/m1/interfaces'},
                 'snapshots':{'href':'http://host:8080/cimi/2/machines/m1/snapshots'},
                 'operations':[
                  {'rel':'edit','href':'http://host:8080/cimi/2/machines/m1'},
                  {'rel':'http://schemas.dmtf.org/cimi/2/action/start',
                   'href':'http://host:8080/cimi/2/machines/m1/start'}]}
                """));
  }

  @Test
  void whatIsToldAndNotStoredLeadsNowhere() throws IOException {
    JsonNode told = written(resource("Machine", "", "{'cpu':2}"), NEW);
    assertThat(told.properties().stream().map(Map.Entry::getKey))
        .containsExactly("resourceURI", "id", "cpu");
  }

  @Test
  void whatAJobDidIsNamedByTheUriOfItsFace() throws IOException {
    Resource job = resource("Job", "jobs/j1", "{'state':'SUCCESS','action':'start'}");
    assertThat(written(job, NEW).get("action").asText())
        .isEqualTo("http://schemas.dmtf.org/cimi/2/action/start");
    assertThat(written(job, OLD).get("action").asText())
        .isEqualTo("http://schemas.dmtf.org/cimi/1/action/start");
  }

  @Test
  void theOldVersionKnowsNoFailedMachine() throws IOException {
    Resource failed = machine("{'state':'FAILED'}");
    assertThat(written(failed, OLD).get("state").asText()).isEqualTo("ERROR");
    assertThat(written(failed, NEW).get("state").asText()).isEqualTo("FAILED");
    assertThat(written(failed, OLD).has("interfaces")).isFalse();
    assertThat(written(failed, OLD).has("parent")).isFalse();
  }

  @Test
  void emptyValuesAndSecretsAreLeftOut() throws IOException {
    Resource credential =
        resource(
            "Credential",
            "credentials/c1",
            "{'name':'','properties':{},'userName':'root','password':'planted'}");
    assertThat(written(credential, OLD).properties().stream().map(Map.Entry::getKey))
        .containsExactly("resourceURI", "id", "userName");
  }

  @Test
  void selectLeavesOnlyWhatItNames() throws IOException {
    Resource machine = machine("{'name':'web','state':'STARTED','cpu':2}", "stop");
    View some = NEW.select(Selection.select(List.of("name, state,nonsense", "name")));
    assertThat(written(machine, some))
        .isEqualTo(
            tree(
                "{'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine','name':'web','state':'STARTED'}"));
  }

  @Test
  void selectOfACollectionDividesItsOwnNamesFromTheItems() throws IOException {
    Page page = machines(machine("{'name':'web'}", "start"));
    JsonNode names = read(codec.write(Format.JSON, page, NEW.select(select("count,name"))));
    assertThat(names)
        .isEqualTo(
            tree(
                """
                {'resourceURI':'http://schemas.dmtf.org/cimi/2/MachineCollection','count':7,
                 'machines':[{'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine','name':'web'}]}
                """));
    JsonNode count = read(codec.write(Format.JSON, page, NEW.select(select("count"))));
    assertThat(count.has("machines")).isFalse();
  }

  @Test
  void anExpandedReferenceCarriesItsTarget() throws IOException {
    Resource image = resource("MachineImage", "machineImages/i1", "{'name':'debian'}");
    Resource machine = machine("{'latestSnapshot':{'href':'machineImages/i1'}}");
    Expansion expansion =
        new Expansion(select("latestSnapshot"), Map.of("machineImages/i1", image), Map.of());
    JsonNode target = written(machine, NEW.expand(expansion)).get("latestSnapshot");
    assertThat(target.get("name").asText()).isEqualTo("debian");
    assertThat(target.get("href")).isEqualTo(target.get("id"));
  }

  @Test
  void anExpandedCollectionStandsInItsMember() throws IOException {
    Page disks =
        new Page("machines/m1/disks", "machines/m1", kinds.get("Disk"), 0, List.of(), Set.of());
    Expansion expansion = new Expansion(Selection.ALL, Map.of(), Map.of(disks.id(), disks));
    JsonNode member = written(machine("{}"), NEW.expand(expansion)).get("disks");
    assertThat(member.get("count").asInt()).isZero();
    assertThat(member.get("href")).isEqualTo(member.get("id"));
  }

  @Test
  void noLinkLeadsFromOneCimiIntoTheOther() throws IOException {
    Resource job =
        resource(
            "Job",
            "jobs/j1",
            "{'targetResource':{'href':'segments/s1'},'affectedResources':[{'href':'segments/s1'},{'href':'machines/m1'}]}");
    assertThat(written(job, OLD).has("targetResource")).isFalse();
    assertThat(written(job, OLD).get("affectedResources")).hasSize(1);
    assertThat(written(job, NEW).get("affectedResources")).hasSize(2);
  }

  @Test
  void aRefusalIsAJobThatTellsTheRemedy() throws IOException {
    Problem problem =
        Problem.of(409, "machine.no-offer", "no offer fits", "ask for less memory")
            .at("machineTemplate")
            .with(object("{'verdicts':[{'offer':'o1'}]}"));
    Failure failure =
        new Failure(problem, "add", Optional.of("machines"), Instant.parse("2026-11-21T00:00:00Z"));
    assertThat(read(codec.write(Format.JSON, failure, NEW)))
        .isEqualTo(
            tree(
                """
                {'resourceURI':'http://schemas.dmtf.org/cimi/2/Job','id':'','state':'FAILED',
                 'targetResource':{'href':'http://host:8080/cimi/2/machines'},
                 'affectedResources':[{'href':'http://host:8080/cimi/2/machines'}],
                 'action':'http://schemas.dmtf.org/cimi/2/action/add','returnCode':10409,
                 'progress':100,'statusMessage':'no offer fits',
                 'timeOfStatusChange':'2026-11-21T00:00:00Z','code':'machine.no-offer',
                 'field':'machineTemplate','remedy':'ask for less memory',
                 'verdicts':[{'offer':'o1'}]}
                """));
  }

  private Page machines(Resource... items) {
    return new Page(
        "machines", "cloudEntryPoint", kinds.get("Machine"), 7, List.of(items), Set.of("add"));
  }

  private Resource machine(String values, String... operations) throws IOException {
    Resource plain = resource("Machine", "machines/m1", values);
    return new Resource(plain.kind(), plain.id(), 1, plain.attributes(), Set.of(operations));
  }

  private Resource resource(String kind, String id, String values) throws IOException {
    return new Resource(kinds.get(kind), id, 1, object(values), Set.of());
  }

  private static Selection select(String names) {
    return Selection.select(List.of(names));
  }

  private JsonNode written(Resource resource, View view) throws IOException {
    return read(codec.write(Format.JSON, resource, view));
  }

  private JsonNode read(byte[] bytes) throws IOException {
    return json.readTree(bytes);
  }

  private ObjectNode object(String text) throws IOException {
    return (ObjectNode) tree(text);
  }

  private JsonNode tree(String text) throws IOException {
    return json.readTree(text.replace('\'', '"'));
  }
}
