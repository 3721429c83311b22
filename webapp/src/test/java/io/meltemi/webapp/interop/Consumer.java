package io.meltemi.webapp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * A client of one version in one form.
 *
 * @param form JSON or XML
 */
record Consumer(HttpClient client, String base, String password, int version, String form) {

  String namespace() {
    return "http://schemas.dmtf.org/cimi/" + version;
  }

  String entryPoint() {
    return base + "cimi/" + version + "/cloudEntryPoint";
  }

  boolean json() {
    return form.equals("JSON");
  }

  Seen get(String url) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", url, "");
    assertThat(answer.statusCode()).as(url + " " + answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(mediaType());
    return seen(answer.body());
  }

  Seen seen(String body) throws IOException {
    return json() ? new JsonSeen(new ObjectMapper().readTree(body)) : XmlSeen.of(body);
  }

  HttpResponse<String> send(String method, String url, String body)
      throws IOException, InterruptedException {
    byte[] pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .header("Accept", mediaType())
            .header("Content-Type", mediaType())
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String mediaType() {
    return "application/" + form.toLowerCase(Locale.ROOT);
  }

  /** The body that creates a machine from a configuration and an image, by value. */
  String machine(String name, String config, String image) {
    return json()
        ? """
        {"resourceURI": "%s/MachineCreate", "name": "%s", "machineTemplate":
          {"initialState": "STARTED", "machineConfig": {"href": "%s"},
           "machineImage": {"href": "%s"}}}
        """
            .formatted(namespace(), name, config, image)
        : """
        <MachineCreate xmlns="%s"><name>%s</name><machineTemplate>
          <initialState>STARTED</initialState><machineConfig href="%s"/>
          <machineImage href="%s"/></machineTemplate></MachineCreate>
        """
            .formatted(namespace(), name, config, image);
  }

  /** The body that asks for an action. */
  String action(String name) {
    return json()
        ? "{\"resourceURI\": \"%s/Action\", \"action\": \"%s/action/%s\"}"
            .formatted(namespace(), namespace(), name)
        : "<Action xmlns=\"%s\"><action>%s/action/%s</action></Action>"
            .formatted(namespace(), namespace(), name);
  }

  @Override
  public String toString() {
    return "CIMI " + version + " in " + form;
  }
}
