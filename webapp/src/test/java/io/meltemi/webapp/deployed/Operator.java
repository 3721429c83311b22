package io.meltemi.webapp.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operator with curl in hand: JSON to and from any path of the broker. */
public final class Operator {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI server;
  private final String authorization;

  /** What came back. */
  public record Reply(int status, JsonNode body, HttpResponse<String> response) {
    public Reply expect(int wanted) {
      assertThat(status).as(response.request().uri() + ": " + response.body()).isEqualTo(wanted);
      return this;
    }

    public String location() {
      return response.headers().firstValue("Location").orElseThrow();
    }
  }

  public Operator(URI server) {
    this(server, authorization());
  }

  private Operator(URI server, String authorization) {
    this.server = server;
    this.authorization = authorization;
  }

  /** The same with a token: passwords are not checked any number at once. */
  Operator withToken() {
    Map<String, Object> wish = Map.of("name", "tests", "role", "ADMIN", "operator", true);
    JsonNode made = post("/broker/1/apiTokens", wish).expect(201).body();
    return new Operator(server, "Bearer " + made.path("token").asText());
  }

  public static String authorization() {
    String pair = "admin:" + Deployed.PASSWORD;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  public Reply get(String path) {
    return send("GET", path, null);
  }

  public Reply post(String path, Map<String, Object> body) {
    return send("POST", path, body);
  }

  public Reply put(String path, Map<String, Object> body) {
    return send("PUT", path, body);
  }

  public Reply delete(String path) {
    return send("DELETE", path, null);
  }

  private Reply send(String method, String path, @Nullable Map<String, Object> body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve(path))
              .header("Authorization", authorization)
              .header("Accept", "application/json")
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)));
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode read =
          response.body().isBlank() ? mapper.createObjectNode() : mapper.readTree(response.body());
      return new Reply(response.statusCode(), read, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
