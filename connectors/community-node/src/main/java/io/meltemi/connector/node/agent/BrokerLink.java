package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.EnrolAnswer;
import io.meltemi.connector.node.EnrolRequest;
import io.meltemi.connector.node.NodeProtocol;
import io.meltemi.connector.node.Refusal;
import io.meltemi.connector.node.ReportAnswer;
import io.meltemi.connector.node.ReportRequest;
import io.meltemi.connector.node.RequestSignature;
import io.meltemi.connector.node.SyncAnswer;
import io.meltemi.connector.node.SyncRequest;
import io.meltemi.connector.node.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Requests to the broker. Each is made once; whoever asks decides whether to ask again. */
final class BrokerLink implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofSeconds(15);
  private static final Duration LONG_POLL = Duration.ofSeconds(60);
  private static final int OVERTAKEN = 409;
  private static final int MOST_ANSWER = 16 * 1024 * 1024;

  private final URI broker;
  private final Counter counter;
  private final Wire wire = Wire.own();
  private final HttpClient client;
  private Identity identity;
  private PrivateKey key;

  BrokerLink(URI broker, Optional<Path> certificate, Path folder) {
    this.broker = broker;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    certificate.map(BrokerTrust::only).ifPresent(builder::sslContext);
    this.client = builder.build();
    this.counter = new Counter(folder);
    this.identity = Identity.load(folder);
    this.key = identity.key();
  }

  Identity identity() {
    return identity;
  }

  /** The broker did not take a request; repeating it as it is will not help. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String reason) {
      super(reason);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** A request with a higher number was there first. The same news go with the next number. */
  static final class OvertakenException extends IOException {
    private static final long serialVersionUID = 1L;

    OvertakenException(String reason) {
      super(reason);
    }
  }

  void enrol(String token, String name, Path folder) throws IOException, InterruptedException {
    EnrolRequest request =
        new EnrolRequest(token, identity.enrolment(), identity.publicKey(), name);
    HttpRequest post =
        to(NodeProtocol.ENROL)
            .POST(HttpRequest.BodyPublishers.ofByteArray(wire.bytes(request)))
            .build();
    identity = identity.as(wire.read(send(post, SHORT), EnrolAnswer.class).node());
    identity.store(folder);
  }

  /**
   * @param request made after the request has its number: of two requests the later one carries the
   *     later news, and the broker takes them in no other order
   */
  SyncAnswer sync(Supplier<SyncRequest> request) throws IOException, InterruptedException {
    return wire.read(signed(NodeProtocol.SYNC, LONG_POLL, request), SyncAnswer.class);
  }

  ReportAnswer report(Supplier<ReportRequest> request) throws IOException, InterruptedException {
    return wire.read(signed(NodeProtocol.REPORT, SHORT, request), ReportAnswer.class);
  }

  private byte[] signed(String path, Duration limit, Supplier<?> request)
      throws IOException, InterruptedException {
    long number = counter.next();
    byte[] body = wire.bytes(request.get());
    return send(
        to(path)
            .header(RequestSignature.NODE, identity.node())
            .header(RequestSignature.NUMBER, Long.toString(number))
            .header(
                RequestSignature.SIGNATURE, RequestSignature.sign(key, "POST", path, number, body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        limit);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(broker.resolve(path)).header("Content-Type", "application/json");
  }

  /**
   * @param limit until the last byte of the answer: that of a request ends with its first ones, and
   *     an answer that stops in the middle would hold the node for ever
   */
  private byte[] send(HttpRequest request, Duration limit)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER));
    try {
      HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) throw refused(response.statusCode(), response.body());
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      answer.cancel(true);
    }
  }

  private IOException refused(int status, byte[] body) {
    try {
      Refusal refusal = wire.read(body, Refusal.class);
      counter.above(refusal.counter());
      return status == OVERTAKEN
          ? new OvertakenException(refusal.error())
          : new RefusedException(status, refusal.error());
    } catch (IllegalArgumentException e) {
      return new RefusedException(status, "the broker answered " + status);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
