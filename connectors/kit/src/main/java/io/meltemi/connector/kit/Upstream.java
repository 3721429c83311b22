package io.meltemi.connector.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The provider's side of a {@link FaultProxy}. */
final class Upstream implements AutoCloseable {
  /** Headers that belong to one connection. */
  private static final Set<String> HOP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http;

  /**
   * @param certificate of a provider that is reached over TLS, in PEM form
   */
  Upstream(Optional<String> certificate) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    certificate.map(OwnCertificate::believing).ifPresent(builder::sslContext);
    http = builder.build();
  }

  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Request(String method, URI target, Map<String, List<String>> headers, byte[] body) {}

  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Answer(int status, Map<String, List<String>> headers, String type, byte[] body) {}

  Answer send(Request request) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.target())
            .method(
                request.method(),
                request.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    passed(request.headers())
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    try {
      HttpResponse<byte[]> response =
          http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          passed(response.headers().map()),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Map<String, List<String>> passed(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> !HOP.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
