package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a project really has, asked of Keystone, nova, cinder, neutron and glance by another client.
 */
final class OpenStackProject {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, String> words;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token = "";

  /**
   * @param words of its openrc
   */
  OpenStackProject(Map<String, String> words) {
    this.words = words;
  }

  String word(String name) {
    String word = words.get(name);
    if (word == null) throw new IllegalStateException("the openrc has no " + name);
    return word;
  }

  List<JsonNode> servers() {
    return list(word("LAB_COMPUTE_URL") + "/servers/detail", "servers");
  }

  List<JsonNode> volumes() {
    return list(storage() + "/volumes/detail", "volumes");
  }

  List<JsonNode> snapshots() {
    return list(storage() + "/snapshots/detail", "snapshots");
  }

  List<JsonNode> images() {
    String mine = "?visibility=private&limit=1000";
    return list(word("LAB_IMAGE_URL") + "/v2/images" + mine, "images");
  }

  List<JsonNode> networks() {
    return list(word("LAB_NETWORK_URL") + "/v2.0/networks", "networks");
  }

  List<JsonNode> floatingAddresses() {
    return list(word("LAB_NETWORK_URL") + "/v2.0/floatingips", "floatingips");
  }

  private String storage() {
    return word("LAB_VOLUME_URL") + "/" + word("LAB_PROJECT_ID");
  }

  private List<JsonNode> list(String url, String name) {
    HttpResponse<String> answer = get(url);
    if (answer.statusCode() == 401) {
      logIn();
      answer = get(url);
    }
    if (answer.statusCode() != 200) throw new IllegalStateException(url + ": " + answer.body());
    try {
      return mapper.readTree(answer.body()).path(name).valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).header("X-Auth-Token", token));
  }

  private void logIn() {
    ObjectNode body = mapper.createObjectNode();
    ObjectNode auth = body.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add("password");
    ObjectNode user = identity.putObject("password").putObject("user");
    user.put("name", word("OS_USERNAME")).put("password", word("OS_PASSWORD"));
    user.putObject("domain").put("name", word("OS_USER_DOMAIN_NAME"));
    ObjectNode project = auth.putObject("scope").putObject("project");
    project.put("name", word("OS_PROJECT_NAME"));
    project.putObject("domain").put("name", word("OS_PROJECT_DOMAIN_NAME"));
    token =
        send(HttpRequest.newBuilder(URI.create(word("OS_AUTH_URL") + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())))
            .headers()
            .firstValue("X-Subject-Token")
            .orElseThrow();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
