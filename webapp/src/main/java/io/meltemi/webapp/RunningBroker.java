package io.meltemi.webapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.webapp.tls.FingerprintTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A broker that runs, as a command of its operator talks to it. Whatever keeps it from answering is
 * a {@link StartException} with one sentence.
 */
final class RunningBroker implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** It may have to wait for providers. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final Profile.Known known;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * What the broker says.
   *
   * @param location where that is which was made
   */
  record Answer(int status, Optional<String> location, JsonNode body) {
    boolean good() {
      return status >= 200 && status < 300;
    }

    /** The body of an answer that must be good. */
    JsonNode wanted() {
      if (!good()) throw new StartException(words());
      return body;
    }

    /** Why it was refused. */
    String words() {
      String provider = body.path("providerWords").asText();
      String message = body.path("statusMessage").asText("answered " + status);
      return provider.isEmpty() ? message : message + " (" + provider + ")";
    }
  }

  RunningBroker(Profile.Known known) {
    this.known = known;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    known.fingerprint().map(FingerprintTrust::only).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  Answer get(String path) throws InterruptedException {
    return ask("GET", path);
  }

  Answer delete(String path) throws InterruptedException {
    return ask("DELETE", path);
  }

  /** Sends a new resource. */
  Answer post(String path, JsonNode body) throws InterruptedException {
    return ask("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private Answer ask(String verb, String path) throws InterruptedException {
    return ask(verb, path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer ask(String verb, String path, HttpRequest.BodyPublisher body)
      throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(known.url()).resolve(path))
              .timeout(ANSWER)
              .header("Authorization", "Bearer " + known.token())
              .header("Accept", "application/json")
              .header("Content-Type", "application/json")
              .method(verb, body)
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 401) {
        throw new StartException(
            "The broker at "
                + known.url()
                + " does not accept the token of the profile; write a valid one of an operator"
                + " there, or start the broker again.");
      }
      return new Answer(
          response.statusCode(), response.headers().firstValue("Location"), read(response.body()));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(
          "No broker answers at "
              + known.url()
              + " ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "); is it running there?",
          e);
    }
  }

  private JsonNode read(String body) throws JsonProcessingException {
    return body.isEmpty() ? JsonNodeFactory.instance.objectNode() : json.readTree(body);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
