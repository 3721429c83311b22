package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who speaks HTTP with a broker. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** All answers that came to this person, for those who look through them. */
  final List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();

  private final String base;
  private final String authorization;

  /**
   * @param base of the broker, with a slash at its end
   * @param authorization value of the header; empty for nobody
   */
  Client(String base, String authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  String base() {
    return base;
  }

  String authorization() {
    return authorization;
  }

  /** The same person at another replica. */
  Client at(String other) {
    return new Client(other, authorization);
  }

  /**
   * @param where URL, or path below the base
   * @param headers name, value, name, value …; a body is JSON until they say otherwise
   */
  HttpResponse<String> send(String verb, String where, String body, String... headers) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request(verb, where, body, headers), HttpResponse.BodyHandlers.ofString(UTF_8));
      answers.add(answer);
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(verb + " " + where, e);
    }
  }

  HttpResponse<String> get(String where, String... headers) {
    return send("GET", where, "", headers);
  }

  /** An answer that has only begun. */
  HttpResponse<InputStream> stream(String where, String... headers) {
    List<String> all = new ArrayList<>(List.of("Accept", "text/event-stream"));
    all.addAll(List.of(headers));
    try {
      return HTTP.send(
          request("GET", where, "", all.toArray(String[]::new)),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(where, e);
    }
  }

  private HttpRequest request(String verb, String where, String body, String... headers) {
    String url = where.startsWith("http") ? where : base + where;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, UTF_8));
    if (!authorization.isEmpty()) request.setHeader("Authorization", authorization);
    if (!body.isEmpty()) request.setHeader("Content-Type", "application/json");
    for (int at = 0; at < headers.length; at += 2) {
      request.setHeader(headers[at], headers[at + 1]);
    }
    return request.build();
  }

  /** Creates something and gives its URL. */
  String made(String collection, String body) {
    HttpResponse<String> answer = send("POST", collection, body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(collection + " " + answer.body()).isIn(201, 202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** What stands at a place. */
  JsonNode json(String where) {
    HttpResponse<String> answer = get(where);
    assertThat(answer.statusCode()).as(where + " " + answer.body()).isEqualTo(200);
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.body(), e);
    }
  }
}
