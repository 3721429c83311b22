package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Http;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An OpenStack whose answers do not end. */
class FloodTest {
  private static final long GIGABYTE = 1L << 30;
  private static final int LEVELS = 10_000;

  private final Impostor impostor = new Impostor();
  private final AtomicInteger entries = new AtomicInteger();

  @AfterEach
  void close() {
    impostor.close();
  }

  private ConnectorException failure(HttpHandler handler, Consumer<Connector> call)
      throws IOException {
    int port = impostor.server(handler);
    int keystone = impostor.keystoneOfAll(port);
    try (Connector connector = Impostor.open(keystone, keystone, port)) {
      return catchThrowableOfType(ConnectorException.class, () -> call.accept(connector));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {GIGABYTE, 0})
  void aGigabyteIsALostAnswer(long told) throws IOException {
    ConnectorException failure =
        failure(exchange -> gigabyte(exchange, told), connector -> connector.machines().list());
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).contains("longer than " + Http.LONGEST + " bytes");
  }

  private static void gigabyte(HttpExchange exchange, long told) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, told);
    byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    OutputStream out = exchange.getResponseBody();
    for (int megabyte = 0; megabyte < 1024; megabyte++) out.write(block);
  }

  @ParameterizedTest
  @CsvSource({
    "servers, machines",
    "volumes, volumes",
    "snapshots, snapshots",
    "flavors, discovery",
    "images, images"
  })
  void aListWithoutEndIsGivenUp(String list, String call) throws IOException {
    ConnectorException failure = failure(exchange -> page(exchange, list, true), calls(call));
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("the list of " + list + " does not end");
  }

  @ParameterizedTest
  @CsvSource({
    "servers, machines",
    "volumes, volumes",
    "snapshots, snapshots",
    "flavors, discovery",
    "images, images"
  })
  void aListThatGoesRoundInACircleIsGivenUp(String list, String call) throws IOException {
    ConnectorException failure = failure(exchange -> page(exchange, list, false), calls(call));
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("the list of " + list + " begins again");
  }

  @ParameterizedTest
  @CsvSource({
    "servers, machines",
    "volumes, volumes",
    "snapshots, snapshots",
    "flavors, discovery",
    "images, images"
  })
  void levelsWithoutEndAreALostAnswer(String list, String call) throws IOException {
    for (String deep : List.of(levels("[", "]"), levels("[", ""), levels("{\"a\":", "}"))) {
      for (String body : List.of("%s", "{\"LIST\": [{\"id\": \"x\", \"metadata\": %s}]}")) {
        String text = body.replace("LIST", list).formatted(deep);
        ConnectorException failure = failure(exchange -> deep(exchange, list, text), calls(call));
        assertThat(failure.fault()).as(body).isEqualTo(Fault.TRANSIENT);
        assertThat(failure.reason()).isEqualTo("the answer is nested deeper than 64 levels");
      }
    }
  }

  private static String levels(String open, String close) {
    return open.repeat(LEVELS) + "1" + close.repeat(LEVELS);
  }

  private static void deep(HttpExchange exchange, String list, String text) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = path.endsWith("/" + list + "/detail") ? text : Impostor.empty(path);
    Impostor.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500})
  void levelsWithoutEndInARefusalAreALostAnswerToo(int status) throws IOException {
    byte[] body = levels("{\"a\":", "}").getBytes(StandardCharsets.UTF_8);
    ConnectorException failure =
        failure(
            exchange -> Impostor.answer(exchange, status, body),
            connector -> connector.machines().list());
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("the answer is nested deeper than 64 levels");
  }

  /** jclouds reads more than JSON: what it takes for a word must hide nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"{'\"': %s}", "/* \" */ %s", "# \"\n%s", "{a\": %s}", ")]}'\n%s"})
  void levelsBehindWhatIsNoJsonAreFound(String before) throws IOException {
    String body = before.formatted(levels("[", "]"));
    ConnectorException failure =
        failure(
            exchange -> deep(exchange, "servers", body), connector -> connector.machines().list());
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
  }

  private static Consumer<Connector> calls(String call) {
    return switch (call) {
      case "machines" -> connector -> connector.machines().list();
      case "volumes" -> connector -> connector.volumes().list();
      case "snapshots" -> connector -> connector.snapshots().find(new Token("t"));
      case "images" -> connector -> connector.images().find(new Token("t"));
      default -> Connector::discover;
    };
  }

  /** A part of the list, which says that there is more; anything else that is asked is empty. */
  private void page(HttpExchange exchange, String list, boolean onward) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = path.endsWith("/" + list + "/detail") ? part(list, onward) : Impostor.empty(path);
    Impostor.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private String part(String list, boolean onward) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> entry(onward ? entries.incrementAndGet() : i))
        .collect(
            Collectors.joining(
                ",",
                "{\"" + list + "\": [",
                "], \"%s_links\": [{\"rel\": \"next\", \"href\": \"http://here/?marker=m\"}]}"
                    .formatted(list)));
  }

  private static String entry(int number) {
    return """
    {"id": "e%d", "name": "n", "status": "ACTIVE", "links": [], "metadata": {},
      "ram": 64, "vcpus": 1, "disk": 1}
    """
        .formatted(number);
  }
}
