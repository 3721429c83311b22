package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.Http;
import io.meltemi.connector.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages of SOAP to one address and back, and what their headers say. */
final class Transport implements AutoCloseable {
  private final URI address;
  private final Http http;

  Transport(URI address, Http http) {
    this.address = address;
    this.http = http;
  }

  /**
   * @param retryAfter the pause that was asked for
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Answer(int status, byte[] body, Optional<String> cookie, Optional<Duration> retryAfter) {}

  URI address() {
    return address;
  }

  /**
   * @param action the version of the API that is meant
   * @param limit for the whole answer, its last byte included
   */
  Answer post(byte[] message, String action, Optional<String> cookie, Duration limit)
      throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Content-Type", List.of("text/xml; charset=utf-8"));
    headers.put("SOAPAction", List.of(action));
    cookie.ifPresent(value -> headers.put("Cookie", List.of(value)));
    Http.Answer answer = http.send(new Http.Request("POST", address, headers, message, limit));
    return new Answer(
        answer.status(), answer.body(), cookie(answer.headers()), retryAfter(answer.headers()));
  }

  private static Optional<String> cookie(HttpHeaders headers) {
    return headers.firstValue("Set-Cookie").map(value -> value.split(";", 2)[0]);
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return RetryAfter.of(headers.firstValue("Retry-After"), headers.firstValue("Date"));
  }

  @Override
  public void close() {
    http.close();
  }
}
