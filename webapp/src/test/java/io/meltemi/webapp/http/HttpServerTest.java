package io.meltemi.webapp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.api.BytesWriter;
import io.meltemi.api.StreamWriter;
import io.meltemi.api.handler.Answer;
import io.meltemi.api.handler.Ask;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final HttpSettings.Limits SHORT =
      new HttpSettings.Limits(
          64,
          4096,
          2048,
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  private final EchoResource echo = new EchoResource();
  private final HttpServer server = started(SHORT);

  private HttpServer started(HttpSettings.Limits limits) {
    HttpSettings settings =
        new HttpSettings(
            InetAddress.getLoopbackAddress(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of("localhost", "127.0.0.1"),
            limits);
    Application application =
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // instances, made by ourselves
          public Set<Object> getSingletons() {
            return Set.of(echo, new BytesWriter(), new StreamWriter());
          }
        };
    HttpServer made =
        new HttpServer(
            settings,
            HttpServerTest::told,
            application,
            Map.of("X-Content-Type-Options", "nosniff"),
            refusal ->
                ("{\"message\":\""
                        + refusal.message()
                        + "\",\"field\":\""
                        + refusal.field().orElse("")
                        + "\"}")
                    .getBytes(UTF_8),
            () -> "r1");
    made.start();
    return made;
  }

  private static Answer told(Ask ask) {
    if (ask.path().equals("broken")) {
      Answer.Writer writer =
          out -> {
            out.write("begun".getBytes(UTF_8));
            out.flush();
            throw new IllegalStateException("what is told cannot be read");
          };
      return new Answer(200, List.of(), new Answer.Content.Stream("text/plain", writer));
    }
    String words = ask.method() + " " + ask.face() + " " + ask.path() + " " + ask.query();
    return Answer.of(200, "text/plain", words.getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
  }

  private String ask(String text) throws IOException {
    return RawClient.ask(server.port(), text);
  }

  @Test
  void anAnswerCarriesItsLengthTheSecurityHeadersAndAnId() throws IOException {
    assertThat(ask(get("/echo")))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-length: 5")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("meltemi-request: r1")
        .endsWith("\r\n\r\nhello");
  }

  @Test
  void whatIsAskedBelowAFaceTheDoorsAnswer() throws IOException {
    assertThat(ask(get("/cimi/2/machines/a%20b/?$first=1%2B1")))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/plain")
        .containsIgnoringCase("meltemi-request: r1")
        .endsWith("\r\n\r\nGET CIMI_2 machines/a b {$first=[1+1]}");
    assertThat(ask(get("/broker/1"))).endsWith("GET BROKER_1  {}");
    assertThat(ask(get("/cimi/3/machines"))).startsWith("HTTP/1.1 404");
    assertThat(ask(get("/cimi/2/machines").replace("GET", "HEAD")))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-length: 23")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aStreamThatBreaksOffIsNotTakenForWhole() throws IOException {
    assertThat(ask(get("/cimi/2/broken")))
        .startsWith("HTTP/1.1 200")
        .contains("begun")
        .doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void aPathThatCannotBeReadIsRefused() throws IOException {
    for (String path : List.of("/cimi/2/%zz", "/cimi/2/a%2", "/echo/%zz", "/cimi/2/a|b")) {
      assertThat(ask(get(path))).as(path).startsWith("HTTP/1.1 400").contains("\"message\":");
    }
  }

  @Test
  void aQueryThatCannotBeReadIsToldByItsParameter() throws IOException {
    assertThat(ask(get("/echo?a=1&$filter=%zz")))
        .startsWith("HTTP/1.1 400")
        .contains("two hexadecimal digits", "\"field\":\"$filter\"");
    assertThat(ask(get("/echo?$filter=name='%4")))
        .startsWith("HTTP/1.1 400")
        .contains("\"field\":\"$filter\"");
    assertThat(ask(get("/echo?$expand={a}")))
        .startsWith("HTTP/1.1 400")
        .contains("a character that stands in no URI", "\"field\":\"$expand\"");
    assertThat(ask(get("/echo?%q=1"))).startsWith("HTTP/1.1 400").contains("\"query\"");
    assertThat(ask(get("/echo?$filter=name='%41'"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void aConnectionIsKeptForTheNextRequest() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String first = client.send("GET /echo HTTP/1.1\r\n" + HOST + "\r\n").until("hello");
      String second = client.send(get("/echo")).rest();
      assertThat(first).endsWith("hello");
      assertThat(second).endsWith("hello");
    }
  }

  /** A client of the JDK asks for HTTP/2 in its first request, which begins as HTTP/1.1. */
  @Test
  void aConnectionThatBecameHttp2OutlivesTheLimitsOfItsFirstRequest() throws Exception {
    Duration header = Duration.ofSeconds(4); // even a cold server answers its first request in it
    try (HttpServer patient = started(withHeaderTime(header));
        HttpClient client = HttpClient.newHttpClient()) {
      URI url = URI.create("http://localhost:" + patient.port() + "/echo");
      HttpRequest request = HttpRequest.newBuilder(url).build();
      long end = System.nanoTime() + header.plusSeconds(1).toNanos();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      while (System.nanoTime() < end) {
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("hello");
      }
    }
  }

  private static HttpSettings.Limits withHeaderTime(Duration time) {
    return with(SHORT.idle(), time);
  }

  private static HttpSettings.Limits withIdleTime(Duration time) {
    return with(time, SHORT.headerTime());
  }

  private static HttpSettings.Limits with(Duration idle, Duration headerTime) {
    return new HttpSettings.Limits(
        SHORT.connections(),
        SHORT.headerBytes(),
        SHORT.lineBytes(),
        idle,
        headerTime,
        SHORT.bodyTime(),
        SHORT.writeTime(),
        SHORT.drain());
  }

  @Test
  void headTellsTheLengthWithoutTheBody() throws IOException {
    assertThat(ask("HEAD /echo HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .containsIgnoringCase("content-length: 5")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aForeignHostIsRefused() throws IOException {
    assertThat(ask("GET /echo HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("does not answer to that host");
  }

  @Test
  void absoluteUrisBeginWithTheNameThatWasUsed() throws IOException {
    String port = Integer.toString(server.port());
    assertThat(
            ask(
                "GET /echo/base?a=b HTTP/1.1\r\nHost: localhost:"
                    + port
                    + "\r\nConnection: close\r\n\r\n"))
        .endsWith("http://localhost:" + port + "/echo/base?a=b");
  }

  /** Checklist line 19: whatever two servers could read differently is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "Content-Length : 5\r\n\r\nhello",
        "X-A: b\r\n folded: c\r\n\r\n",
        "X-A: b\rX-B: c\r\n\r\n",
        "X-A: b\u0000c\r\n\r\n",
      })
  void smuggledRequestsAreRefused(String headersAndBody) throws IOException {
    String answer = ask("POST /echo HTTP/1.1\r\n" + HOST + headersAndBody);
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 200");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  void aRequestWithoutHostIsRefused() throws IOException {
    assertThat(ask("GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /echo HTTP/1.0\r\n\r\n", "GET /echo HTTP/1.0\n\n"})
  void oldHttpIsToldWhatToSpeak(String request) throws IOException {
    assertThat(ask(request))
        .startsWith("HTTP/1.1 505 ")
        .containsIgnoringCase("connection: close")
        .containsIgnoringCase("content-type: application/json")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("meltemi-request: r1")
        .contains("use HTTP/1.1 or HTTP/2");
  }

  /** What to say about it is the application's business. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity", "gzip, br", "x-none"})
  void aBodyIsHandedOnWhateverItsCoding(String coding) throws IOException {
    String headers = "Content-Encoding: " + coding + "\r\nContent-Length: 5\r\n";
    assertThat(ask("POST /echo HTTP/1.1\r\n" + HOST + headers + "Connection: close\r\n\r\nhello"))
        .startsWith("HTTP/1.1 200")
        .endsWith("hello");
  }

  @Test
  void headersAndLinesBeyondTheLimitAreRefused() throws IOException {
    String much = "x".repeat(6000);
    assertThat(ask("GET /echo HTTP/1.1\r\n" + HOST + "X-Much: " + much + "\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
    assertThat(ask(get("/echo?" + much))).startsWith("HTTP/1.1 4");
  }

  @Test
  void whatIsNoRequestIsToldInJson() throws IOException {
    assertThat(ask("GET /echo?a=\u0001 HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("content-type: application/json")
        .contains("\"message\"");
  }

  @Test
  void anUnreadBodyDoesNotHideTheAnswer() throws IOException {
    String body = "x".repeat(1_000_000);
    String answer =
        ask(
            "POST /echo/unread HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answer).startsWith("HTTP/1.1 413").endsWith("too much");
  }

  @Test
  void anUnreadChunkedBodyDoesNotHideTheAnswer() throws IOException {
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    String answer =
        ask(
            "POST /echo/unread HTTP/1.1\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(100)
                + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").endsWith("too much");
  }

  @Test
  void aClientThatDripsItsHeadersIsCut() {
    assertThatThrownBy(() -> drip("GET /echo HTTP/1.1\r\n" + HOST, "X-A: b\r\n"))
        .isInstanceOf(SocketException.class);
  }

  @Test
  void aClientThatDripsItsBodyIsCut() {
    assertThatThrownBy(
            () -> drip("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 5000\r\n\r\n", "x"))
        .isInstanceOf(SocketException.class);
  }

  /** Sends a little again and again until the server has had enough, 10 s at most. */
  private void drip(String start, String more) throws IOException, InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(start);
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (System.nanoTime() < end) {
        client.send(more);
        Thread.onSpinWait();
        Thread.yield();
      }
    }
  }

  @Test
  void aStreamArrives() throws IOException {
    assertThat(ask(get("/echo/stream"))).contains("part 1", "part 2", "part 3");
  }

  @Test
  void aRunningRequestEndsWellWhenTheServerStops() throws Exception {
    int port = server.port();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/echo/slow"))
              .build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      echo.entered.await();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
      echo.let.countDown();
      assertThat(answer.get().body()).isEqualTo("done");
      stopping.join();
    }
    assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatStopsBeginsNothingNew() throws Exception {
    try (RawClient slow = new RawClient(server.port());
        RawClient kept = new RawClient(server.port())) {
      slow.send(get("/echo/slow"));
      kept.send("GET /echo HTTP/1.1\r\n" + HOST + "\r\n").until("hello");
      echo.entered.await();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
      await().until(() -> ask(get("/echo")).startsWith("HTTP/1.1 503"));
      assertThat(
              kept.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello").rest())
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("retry-after: ")
          .containsIgnoringCase("connection: close")
          .contains("begins nothing new");
      echo.let.countDown();
      assertThat(slow.rest()).startsWith("HTTP/1.1 200").endsWith("done");
      stopping.join();
    }
  }

  /**
   * An answer of HTTP/2 is sent in pieces. A system that holds small ones back sends the second one
   * when the client has confirmed the first, which clients do 40 ms later.
   */
  @Test
  void noPieceOfAnAnswerWaitsUntilTheOneBeforeIsConfirmed() throws Exception {
    List<Duration> times = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/echo");
      for (int i = 0; i < 100; i++) {
        long start = System.nanoTime();
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        times.add(Duration.ofNanos(System.nanoTime() - start));
      }
    }
    List<Duration> usual = times.subList(50, 100); // at first clients confirm at once
    assertThat(usual).anyMatch(time -> time.compareTo(Duration.ofMillis(30)) < 0);
  }

  @Test
  void http2IsSpokenToo() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/echo"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  /** As one does who follows the events and now and then asks for something. */
  @Test
  void whoListensForLongIsAnsweredOnTheSameHttp2Connection() throws Exception {
    Duration idle = Duration.ofSeconds(1);
    try (HttpServer quick = started(withIdleTime(idle));
        HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://localhost:" + quick.port() + "/echo";
      HttpRequest beside = HttpRequest.newBuilder(URI.create(url)).build();
      assertThat(client.send(beside, HttpResponse.BodyHandlers.ofString()).version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      CompletableFuture<HttpResponse<String>> listening =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(url + "/slow")).build(),
              HttpResponse.BodyHandlers.ofString());
      echo.entered.await();
      await().pollDelay(idle.multipliedBy(2)).until(() -> true);
      assertThat(client.send(beside, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("hello");
      echo.let.countDown();
      assertThat(listening.get().body()).isEqualTo("done");
    }
  }

  @Test
  void anIdleHttp2ConnectionIsClosed() throws Exception {
    try (HttpServer quick = started(withIdleTime(Duration.ofSeconds(1)));
        RawClient client = new RawClient(quick.port())) {
      assertThat(client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").rest())
          .isNotEmpty();
    }
  }
}
