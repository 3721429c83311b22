package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int FAR = 20 << 20;

  private final AtomicInteger carriedOut = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer provider = provider();
  private final String theirs = "http://127.0.0.1:" + provider.getAddress().getPort();
  private final FaultProxy proxy = new FaultProxy(List.of(URI.create(theirs)));

  private static HttpServer provider() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    provider.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST")) {
              carriedOut.incrementAndGet();
            }
            byte[] body =
                ("{\"self\":\"" + theirs + "/v2\",\"other\":\"" + theirs + "0/v2\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Location", theirs + "/made");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    provider.stop(0);
  }

  private HttpResponse<String> post() throws IOException, InterruptedException {
    return client.send(posting(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest posting() {
    return HttpRequest.newBuilder(URI.create(proxy.address(theirs) + "/things"))
        .header("Accept", "everything")
        .POST(HttpRequest.BodyPublishers.ofString("a thing"))
        .build();
  }

  private void next(Mishap mishap) {
    proxy.next(call -> call.body().equals("a thing"), mishap);
  }

  @Test
  void aCallPassesAndTheProvidersAddressesBecomeTheProxys() throws Exception {
    HttpResponse<String> answer = post();
    String ours = proxy.address(theirs);
    assertThat(ours).isNotEqualTo(theirs);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains(ours + "/made");
    assertThat(answer.body()).contains("\"self\":\"" + ours, "\"other\":\"" + theirs + "0");
    assertThat(proxy.seen()).hasSize(1);
    FaultProxy.Call call = proxy.seen().getFirst();
    assertThat(List.of(call.method(), call.path(), call.query(), call.body()))
        .containsExactly("POST", "/things", "", "a thing");
    assertThat(call.headers()).containsEntry("accept", List.of("everything"));
  }

  @Test
  void aRefusedCallNeverReachesTheProviderAndTheNextOnePasses() throws Exception {
    next(new Mishap.Refused(429, Map.of("Retry-After", "7"), "{}"));
    HttpResponse<String> refused = post();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    assertThat(carriedOut).hasValue(0);
    assertThat(post().statusCode()).isEqualTo(201);
  }

  @Test
  void aCallLostBeforeIsNeverCarriedOut() {
    next(new Mishap.LostBefore());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(carriedOut).hasValue(0);
  }

  @Test
  void aCallLostAfterIsCarriedOutOnce() {
    next(new Mishap.LostAfter(Duration.ZERO));
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void aLostCallCanBeCarriedOutLater() {
    next(new Mishap.LostAfter(Duration.ofSeconds(2)));
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(carriedOut).hasValue(0);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> carriedOut.get() == 1);
  }

  @Test
  void aTruncatedAnswerEndsInTheMiddle() {
    next(new Mishap.Truncated());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void anEndlessAnswerIsCarriedOutAndGoesOn() throws Exception {
    next(new Mishap.Endless());
    HttpResponse<InputStream> answer =
        client.send(posting(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(FAR).length).isEqualTo(FAR);
    }
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void aDrippingAnswerComesByteByByte() throws Exception {
    next(new Mishap.Dripping(Duration.ofMillis(10)));
    long asked = System.nanoTime();
    HttpResponse<String> answer = post();
    assertThat(answer.body()).contains("self");
    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .isGreaterThan(Duration.ofMillis(10L * (answer.body().length() - 1)));
  }

  @Test
  void theWeatherMeetsWhatWasNotPlannedAndCalmForgetsWhatWas() throws Exception {
    proxy.weather(call -> new Mishap.Refused(503, Map.of(), ""));
    next(new Mishap.LostBefore());
    next(new Mishap.LostBefore());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    proxy.calm();
    assertThat(post().statusCode()).isEqualTo(503);
    proxy.weather(call -> new Mishap.None());
    assertThat(post().statusCode()).isEqualTo(201);
  }

  @Test
  void hangingUpEndsWhatGoesWrongNow() throws Exception {
    for (Mishap mishap :
        List.of(new Mishap.Late(Duration.ofHours(1)), new Mishap.Dripping(Duration.ofHours(1)))) {
      next(mishap);
      int before = proxy.seen().size();
      FutureTask<?> asking = new FutureTask<>(this::post);
      Thread.ofVirtual().start(asking);
      Awaitility.await().until(() -> proxy.seen().size() > before);
      proxy.hangUp();
      Awaitility.await().until(asking::isDone);
    }
    assertThat(post().statusCode()).isEqualTo(201);
  }

  @Test
  void aProviderBehindTlsIsBelievedByItsCertificateAndTheProxyByItsOwn() throws Exception {
    OwnCertificate certificate = new OwnCertificate();
    HttpsServer secured =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secured.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
    secured.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    secured.start();
    URI provided = URI.create("https://127.0.0.1:" + secured.getAddress().getPort());
    try (FaultProxy between = new FaultProxy(List.of(provided), certificate.pem());
        HttpClient believer = believing(between.certificate())) {
      URI there = URI.create(between.address(provided.toString()));
      assertThat(get(believer, there)).isEqualTo(204);
      assertThatThrownBy(() -> get(client, there)).isInstanceOf(SSLHandshakeException.class);
    } finally {
      secured.stop(0);
    }
  }

  private static HttpClient believing(String pem) {
    return HttpClient.newBuilder().sslContext(OwnCertificate.believing(pem)).build();
  }

  private static int get(HttpClient asking, URI there) throws IOException, InterruptedException {
    return asking
        .send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aLateCallIsAnswered() throws Exception {
    next(new Mishap.Late(Duration.ofMillis(300)));
    long asked = System.nanoTime();
    assertThat(post().statusCode()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(299));
  }
}
