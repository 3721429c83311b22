package io.meltemi.webapp.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A consumer of a CIMI server, speaking one dialect. */
public final class Consumer {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String authorization;
  private final Dialect dialect;

  /**
   * @param server scheme, host and port
   * @param authorization value of the header
   */
  public Consumer(URI server, String authorization, Dialect dialect) {
    this.server = server;
    this.authorization = authorization;
    this.dialect = dialect;
  }

  public Dialect dialect() {
    return dialect;
  }

  public Answer entryPoint() {
    return get(server.resolve(dialect.entryPoint()).toString());
  }

  public Answer get(String url) {
    return get(url, dialect.mediaType());
  }

  public Answer get(String url, String accept) {
    return send(request(url).header("Accept", accept).GET());
  }

  public Answer post(String url, Body body) {
    return send(with(url, body).POST(HttpRequest.BodyPublishers.ofString(body.in(dialect))));
  }

  public Answer put(String url, Body body) {
    return send(with(url, body).PUT(HttpRequest.BodyPublishers.ofString(body.in(dialect))));
  }

  public Answer delete(String url) {
    return send(request(url).header("Accept", dialect.mediaType()).DELETE());
  }

  /**
   * Sends what it is told.
   *
   * @param body empty for none; in the consumer's form until the headers say otherwise
   * @param headers name, value, name, value …
   */
  public Answer send(String verb, String url, String body, String... headers) {
    HttpRequest.Builder request =
        request(url)
            .setHeader("Accept", dialect.mediaType())
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", dialect.mediaType());
    }
    for (int at = 0; at < headers.length; at += 2) {
      request.setHeader(headers[at], headers[at + 1]);
    }
    return send(request);
  }

  /** Posts an action to the place that the resource names for it. */
  public Answer act(Answer resource, String action, Body input) {
    String rel = dialect.action(action);
    return post(resource.needOperation(rel), input.with("action", rel));
  }

  private HttpRequest.Builder with(String url, Body body) {
    return request(url)
        .header("Accept", dialect.mediaType())
        .header("Content-Type", dialect.mediaType());
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(server.resolve(url))
        .timeout(Duration.ofSeconds(60))
        .setHeader("Authorization", authorization);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()), dialect);
    } catch (IOException e) {
      throw new AssertionError("no answer from " + server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
