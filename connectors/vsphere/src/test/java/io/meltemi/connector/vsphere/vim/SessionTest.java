package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.vsphere.vim.SoapServer.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log-in, log-in anew and signs of life, at a server that knows no more of a vCenter than that. */
class SessionTest {
  private static final Ref ROOT = new Ref("Folder", "group-d1");
  private static final String DEAD =
      "<Fault><faultstring>The session is not authenticated.</faultstring><detail>"
          + "<NotAuthenticatedFault/></detail></Fault>";

  /** What the server was asked, as {@code method cookie}. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Methods that are refused once. */
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean hangs;
  private SoapServer server;

  @BeforeEach
  void start() throws IOException {
    server = new SoapServer(this::answer);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.close();
  }

  private Said answer(String method, HttpExchange exchange) {
    String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
    asked.add(method + " " + cookie);
    if (method.equals("Login")) {
      if (hangs) hang();
      long number = asked.stream().filter(one -> one.startsWith("Login")).count();
      exchange.getResponseHeaders().add("Set-Cookie", "s=" + number + "; Path=/");
    }
    String refusal = refusals.remove(method);
    return refusal == null ? Said.well(response(method)) : new Said(500, refusal);
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String response(String method) {
    String inner =
        switch (method) {
          case "RetrieveServiceContent" ->
              "<returnval><sessionManager type='SessionManager'>SM</sessionManager></returnval>";
          case "Login" -> "<returnval><key>key-1</key></returnval>";
          default -> "<returnval>" + method + "</returnval>";
        };
    return "<" + method + "Response>" + inner + "</" + method + "Response>";
  }

  private Session open(Duration keepAlive) {
    return new Session(
        new Transport(server.address(), Outside.thisMachine().http(Optional.empty())),
        "user",
        "pass",
        keepAlive);
  }

  @Test
  void aLogInServesManyCallsAndIsLetGo() {
    try (Session session = open(Duration.ofHours(1))) {
      assertThat(asked).isEmpty();
      session.ask(ROOT, "One");
      session.ask(ROOT, "Two");
    }
    assertThat(asked)
        .containsExactly(
            "RetrieveServiceContent null", "Login null", "One s=1", "Two s=1", "Logout s=1");
  }

  @Test
  void whatADeadSessionRefusedIsAskedOnceMoreUnderANewOne() {
    refusals.put("Change", DEAD);
    try (Session session = open(Duration.ofHours(1))) {
      assertThat(session.change(ROOT, "Change").text("returnval")).isEqualTo("Change");
    }
    assertThat(asked)
        .containsExactly(
            "RetrieveServiceContent null",
            "Login null",
            "Change s=1",
            "RetrieveServiceContent null",
            "Login null",
            "Change s=2",
            "Logout s=2");
  }

  @Test
  void aLogInThatIsRefusedIsCredentialsAndNothingElseIsAsked() {
    refusals.put(
        "Login",
        "<Fault><faultstring>Cannot complete login</faultstring><detail><InvalidLoginFault/>"
            + "</detail></Fault>");
    try (Session session = open(Duration.ofHours(1))) {
      assertThatThrownBy(() -> session.change(ROOT, "Change"))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.fault()).isEqualTo(Fault.CREDENTIALS);
                assertThat(e.reason()).isEqualTo("Cannot complete login (InvalidLogin)");
              });
    }
    assertThat(asked).containsExactly("RetrieveServiceContent null", "Login null");
  }

  @Test
  void anInterruptedCallDoesNotWaitForTheLogInOfAnother() throws InterruptedException {
    hangs = true;
    try (Session session = open(Duration.ofHours(1))) {
      Thread first = Thread.ofPlatform().daemon().start(() -> session.ask(ROOT, "One"));
      Awaitility.await().until(() -> asked.contains("Login null"));
      AtomicReference<String> told = new AtomicReference<>("");
      Thread second =
          Thread.ofPlatform()
              .daemon()
              .start(() ->
                  assertThatThrownBy(() -> session.change(ROOT, "Two"))
                      .satisfies(e -> told.set(String.valueOf(e.getMessage()))));
      Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
      second.interrupt();
      assertThat(second.join(Duration.ofSeconds(10))).isTrue();
      assertThat(told).hasValue("TRANSIENT: not sent: the log-in is not answered");
      over.countDown();
      first.join();
    }
  }

  @Test
  void aSessionThatNobodyUsesGivesSignsOfLife() {
    try (Session session = open(Duration.ofMillis(50))) {
      session.ask(ROOT, "One");
      Awaitility.await().until(() -> signsOfLife() >= 3);
      session.ask(ROOT, "Two");
    }
    assertThat(asked.stream().filter(one -> one.startsWith("Login"))).hasSize(1);
  }

  @Test
  void aSessionThatDiedUnusedIsOpenedAnewByTheNextCall() {
    refusals.put("CurrentTime", DEAD);
    try (Session session = open(Duration.ofMillis(50))) {
      session.ask(ROOT, "One");
      Awaitility.await().until(() -> signsOfLife() >= 1);
      Awaitility.await().until(() -> refusals.isEmpty());
      session.ask(ROOT, "Two");
      Awaitility.await()
          .until(() -> {
            session.ask(ROOT, "Three");
            return asked.contains("Three s=2");
          });
    }
    assertThat(asked.stream().filter(one -> one.startsWith("Login"))).hasSize(2);
  }

  private long signsOfLife() {
    return asked.stream().filter(one -> one.startsWith("CurrentTime")).count();
  }
}
