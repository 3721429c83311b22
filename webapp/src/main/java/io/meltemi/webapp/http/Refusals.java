package io.meltemi.webapp.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers to what never becomes a request of the application: a foreign {@code Host}, a broken
 * request line, framing or headers, or a server that is about to end.
 */
final class Refusals implements DirectHandler {
  private final Function<Refusal, byte[]> body;
  private final Map<String, String> everyAnswer;
  private final Supplier<String> ids;

  /**
   * @param body makes the JSON document that tells of a refusal
   */
  Refusals(Function<Refusal, byte[]> body, Map<String, String> everyAnswer, Supplier<String> ids) {
    this.body = body;
    this.everyAnswer = everyAnswer;
    this.ids = ids;
  }

  void foreignHost(ServerResponse response) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    refuse(response, Refusal.FOREIGN_HOST);
  }

  void stopping(ServerResponse response) {
    response.header(HeaderValues.create("Retry-After", "5"));
    refuse(response, Refusal.STOPPING);
  }

  void refuse(ServerResponse response, Refusal refusal) {
    response.status(Status.create(refusal.status()));
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header("Meltemi-Request", ids.get());
    response.send(body.apply(refusal));
  }

  /** The whole answer to a request of HTTP/1.0. */
  byte[] oldHttp() {
    byte[] entity =
        body.apply(new Refusal(505, "HTTP/1.0 is not spoken here; use HTTP/1.1 or HTTP/2."));
    StringBuilder head = new StringBuilder("HTTP/1.1 505 HTTP Version Not Supported\r\n");
    header(head, "Content-Type", "application/json");
    header(head, "Content-Length", Integer.toString(entity.length));
    header(head, "Connection", "close");
    header(head, "Meltemi-Request", ids.get());
    everyAnswer.forEach((name, value) -> header(head, name, value));
    byte[] headers = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] whole = Arrays.copyOf(headers, headers.length + entity.length);
    System.arraycopy(entity, 0, whole, headers.length, entity.length);
    return whole;
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String words = message == null || message.isEmpty() ? status.reasonPhrase() : message;
    byte[] entity = body.apply(new Refusal(status.code(), words));
    everyAnswer.forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    headers.set(HeaderNames.create("Meltemi-Request"), ids.get());
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CONTENT_LENGTH, Integer.toString(entity.length))
        .entity(entity)
        .build();
  }
}
