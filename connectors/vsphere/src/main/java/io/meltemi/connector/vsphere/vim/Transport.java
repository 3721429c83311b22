package io.meltemi.connector.vsphere.vim;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Messages to one address and back: whole bodies, within a size and a time. Follows no redirect: a
 * password goes where the account says and nowhere else.
 */
final class Transport implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  private final URI address;
  private final HttpClient client;

  Transport(URI address, SSLContext trust) {
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT)
            .sslContext(trust)
            .build();
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
   * @param limit for the whole answer, its last byte included
   */
  Answer post(byte[] message, Optional<String> cookie, Duration limit) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", "urn:vim25/6.5")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    cookie.ifPresent(value -> request.header("Cookie", value));
    HttpResponse<byte[]> response = await(request.build(), limit);
    return new Answer(
        response.statusCode(), response.body(), cookie(response), retryAfter(response));
  }

  private HttpResponse<byte[]> await(HttpRequest request, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Optional<String> cookie(HttpResponse<?> response) {
    return response.headers().firstValue("Set-Cookie").map(value -> value.split(";", 2)[0]);
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
