package io.meltemi.webapp.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Tells stories to a broker, finding its way by references and operations only. */
final class Teller {
  /**
   * Who asks is not known, or nothing is there, or the verb is wrong: no part of it is at fault.
   */
  private static final Set<Integer> WITHOUT_FIELD = Set.of(401, 404, 405);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final String base;
  private final String authorization;

  /**
   * @param base of the broker, with a slash at its end
   */
  Teller(String base, String user, String password) {
    this.base = base;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
  }

  JsonNode get(String url) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", url, Map.of(), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return mapper.readTree(answer.body());
  }

  HttpResponse<String> send(String method, String url, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!headers.containsKey("Authorization")) request.header("Authorization", authorization);
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Where a story's request goes. */
  String url(Story story, String machine) throws IOException, InterruptedException {
    String[] parts = story.where().split(":", 2);
    String place = parts[0];
    String entryPoint =
        base
            + (story.face() == 0
                ? "broker/1/entryPoint"
                : "cimi/" + story.face() + "/cloudEntryPoint");
    String found =
        switch (place) {
          case "entry point" -> entryPoint;
          case "nowhere" -> entryPoint + "/nowhere/at/all";
          case "machine" -> machine.replace("/cimi/2/", "/cimi/" + story.face() + "/");
          default -> get(entryPoint).path(place).path("href").asText();
        };
    return parts.length == 1 ? found : operation(found, parts[1]);
  }

  private String operation(String url, String name) throws IOException, InterruptedException {
    for (JsonNode operation : get(url).path("operations")) {
      String rel = operation.path("rel").asText();
      if (rel.equals(name) || rel.endsWith("/action/" + name)) {
        return operation.path("href").asText();
      }
    }
    return url + "/" + name;
  }

  /** Sends the story's request and holds the answer against it. */
  void tell(Story story, String machine) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(story.method(), url(story, machine) + story.query(), story.headers(), story.body());
    story.expect().forEach((what, wanted) -> hold(answer, what, wanted));
    if (answer.statusCode() >= 400) holdRefusal(answer);
  }

  private void hold(HttpResponse<String> answer, String what, String wanted) {
    String found =
        switch (what) {
          case "status" -> Integer.toString(answer.statusCode());
          case "code", "field" -> job(answer).path(what).asText();
          default ->
              what.startsWith("header ")
                  ? answer.headers().firstValue(what.substring(7)).orElse("")
                  : what.equals("text") ? answer.body() : job(answer).at(what).asText();
        };
    if (wanted.startsWith("~")) {
      assertThat(found).as(what + " of " + answer.body()).contains(wanted.substring(1));
    } else {
      assertThat(found).as(what + " of " + answer.body()).isEqualTo(wanted);
    }
  }

  /** Every refusal is a Job with a code, a sentence and a remedy (R88, R89), and says where. */
  private void holdRefusal(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Meltemi-Request")).isPresent();
    JsonNode job = job(answer);
    assertThat(job.path("resourceURI").asText()).endsWith("/Job");
    assertThat(job.path("state").asText()).isEqualTo("FAILED");
    for (String member : new String[] {"code", "statusMessage", "remedy"}) {
      assertThat(job.path(member).asText()).as(member + " of " + answer.body()).isNotBlank();
    }
    if (!WITHOUT_FIELD.contains(answer.statusCode())
        && !job.path("code").asText().endsWith(".no-offer")) {
      assertThat(job.path("field").asText()).as("field of " + answer.body()).isNotBlank();
    }
  }

  /** The Job of a refusal, in whatever form. */
  private JsonNode job(HttpResponse<String> answer) {
    boolean xml = answer.headers().firstValue("Content-Type").orElse("").contains("xml");
    return xml ? simple(answer.body()) : json(answer);
  }

  /** What stands in a document's simple elements, and its type. */
  private ObjectNode simple(String document) {
    ObjectNode simple = mapper.createObjectNode();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      Element root =
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(document)))
              .getDocumentElement();
      simple.put("resourceURI", root.getNamespaceURI() + "/" + root.getLocalName());
      NodeList members = root.getChildNodes();
      for (int at = 0; at < members.getLength(); at++) {
        simple.put(members.item(at).getLocalName(), members.item(at).getTextContent());
      }
      return simple;
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("no XML: " + document, e);
    }
  }

  private JsonNode json(HttpResponse<String> answer) {
    try {
      return mapper.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.body(), e);
    }
  }
}
