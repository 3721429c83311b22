package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the door answers in XML of 1.x is valid against DSP8009, but for that schema's defects. */
@EnabledIf(
    value = "io.meltemi.webapp.checklist.OldSchema#isAtHand",
    disabledReason = "the schema DSP8009 is not at hand (-Dcimi.facts=FOLDER)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldSchemaTest {
  private static final String NAMESPACE = "http://schemas.dmtf.org/cimi/1";
  private static final String XMLNS = " xmlns=\"" + NAMESPACE + "\"";
  private static final String XML = "application/xml";

  private final OldSchema schema = OldSchema.atHand();
  private final Town town = new Town().furnished();
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> shown = new TreeSet<>();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void everythingThatIsReachedIsValid() {
    inhabit();
    Deque<String> ahead = new ArrayDeque<>(List.of(at("cloudEntryPoint")));
    Set<String> reached = new TreeSet<>();
    while (!ahead.isEmpty()) {
      String url = ahead.remove();
      if (!reached.add(url)) continue;
      Element answer = shown(url);
      shown(url + "?$expand=*");
      links(answer).filter(link -> link.startsWith(at(""))).forEach(ahead::add);
    }
    assertThat(complaints).isEmpty();
    assertThat(shown).containsAll(served());
  }

  @Test
  void whatIsAnsweredToChangesIsValid() {
    String size = "<MachineConfiguration%s><name>b</name><cpu>%s</cpu><memory>1024</memory>%s";
    String configs = at("machineConfigs");
    String good = size.formatted(XMLNS, "1", "</MachineConfiguration>");
    HttpResponse<String> made = answered(town.owner, 201, "POST", configs, good);
    String config = made.headers().firstValue("Location").orElseThrow();
    answered(town.owner, 200, "PUT", config, good);
    answered(town.owner, 412, "PUT", config, good, "If-Match", "\"none\"");
    answered(town.owner, 200, "DELETE", config, "");
    answered(town.owner, 404, "GET", config, "");
    answered(town.owner, 400, "POST", configs, size.formatted(XMLNS, "many", ""));
    answered(town.owner, 405, "PUT", configs, good);
    answered(town.owner, 415, "POST", configs, good, "Content-Type", "text/plain");
    answered(town.reader, 403, "POST", configs, good);
    answered(town.client("nobody", "knows"), 401, "GET", configs, "");
    String order =
        "<MachineCreate%s><machineTemplate><machineConfig><cpu>%d</cpu><memory>1048576</memory>"
            + "</machineConfig><machineImage href=\"%s\"/></machineTemplate></MachineCreate>";
    String machines = at("machines");
    String image = town.image().replace("/cimi/2/", "/cimi/1/");
    answered(town.owner, 409, "POST", machines, order.formatted(XMLNS, 512, image));
    HttpResponse<String> ordered =
        answered(town.owner, 202, "POST", machines, order.formatted(XMLNS, 1, image));
    Town.ended(town.owner, ordered);
    String machine = ordered.headers().firstValue("Location").orElseThrow();
    String action = "<Action%s><action>http://schemas.dmtf.org/cimi/1/action/%s</action></Action>";
    answered(town.owner, 409, "POST", machine + "/start", action.formatted(XMLNS, "start"));
    answered(town.owner, 202, "POST", machine + "/stop", action.formatted(XMLNS, "stop"));
    answered(town.owner, 202, "DELETE", machine, "");
    assertThat(complaints).isEmpty();
  }

  @Test
  void theSchemaIsWorthAsking() {
    String wrong = "<Machine%s><cpu>1</cpu><state>STARTED</state></Machine>";
    assertThat(schema.complaint(wrong.formatted(XMLNS))).isPresent();
    String right = "<Machine%s><state>STARTED</state><cpu>1</cpu></Machine>";
    assertThat(schema.complaint(right.formatted(XMLNS))).isEmpty();
  }

  /** Beside what the town is furnished with: what hangs on a machine, and what went wrong. */
  private void inhabit() {
    String machine = town.url("Machine");
    Town.ended(
        town.owner, town.owner.send("POST", machine + "/snapshot", "{\"name\": \"moment\"}"));
    town.attach(town.owner, machine, town.url("Volume"));
    Town.ended(town.owner, town.owner.send("POST", machine + "/pause", "{}"));
    String image = "{'name': 'captured', 'type': 'IMAGE', 'imageLocation': '" + machine + "'}";
    Town.ended(
        town.owner, town.owner.send("POST", "cimi/2/machineImages", image.replace('\'', '"')));
    town.broker.cloud().plan(Mishap.refuse("create", Fault.BAD_REQUEST, "no <such> \u0001 thing"));
    String failed =
        town.owner.made(
            "cimi/2/machines",
            "{'name': 'fails', 'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 1048576},"
                + " 'machineImage': {'href': '"
                + town.image()
                + "'}}}");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> town.owner.json(failed).path("state").asText().equals("ERROR"));
  }

  private String at(String path) {
    return town.broker.url() + "cimi/1/" + path;
  }

  private Element shown(String url) {
    HttpResponse<String> answer = answered(town.owner, 200, "GET", url, "");
    Element root = OldSchema.parsed(answer.body()).getDocumentElement();
    elements(root).map(Element::getLocalName).forEach(shown::add);
    return root;
  }

  private HttpResponse<String> answered(
      Client who, int status, String verb, String url, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Accept", XML, "Content-Type", XML));
    all.addAll(List.of(headers));
    HttpResponse<String> answer = who.send(verb, url, body, all.toArray(String[]::new));
    assertThat(answer.statusCode()).as(verb + " " + url + answer.body()).isEqualTo(status);
    if (!answer.body().isEmpty()) {
      schema
          .complaint(answer.body())
          .ifPresent(complaint -> complaints.add(verb + " " + url + ": " + complaint));
    }
    return answer;
  }

  /** Where a document leads: what it refers to, and itself what stands in it. */
  private static Stream<String> links(Element document) {
    return elements(document)
        .filter(each -> NAMESPACE.equals(each.getNamespaceURI()))
        .filter(each -> !each.getLocalName().equals("operation"))
        .flatMap(each ->
            each.getLocalName().equals("id")
                ? Stream.of(each.getTextContent())
                : Stream.of(each.getAttribute("href")));
  }

  private static Stream<Element> elements(Element document) {
    NodeList below = document.getElementsByTagName("*");
    return Stream.concat(
        Stream.of(document),
        Stream.iterate(0, at -> at < below.getLength(), at -> at + 1)
            .map(at -> (Element) below.item(at)));
  }

  /** All types of 1.x, which their elements are named after. */
  private static List<String> served() {
    return BrokerKinds.all().all().stream()
        .filter(kind -> kind.faces().contains(Face.CIMI_1))
        .map(ResourceKind::name)
        .toList();
  }
}
