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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of objects, at a server that shows one object on each, and as many pages as it is told. */
class PropertiesTest {
  private static final Walk WALK =
      Walk.over(List.of(new Ref("Folder", "group-d1"))).note("VirtualMachine", "name");

  /** Pages that the server was asked for. */
  private final AtomicInteger pages = new AtomicInteger();

  private int last = Integer.MAX_VALUE;
  private SoapServer server;

  @BeforeEach
  void start() throws IOException {
    server = new SoapServer(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Said answer(String method, HttpExchange exchange) {
    return Said.well("<%1$sResponse>%2$s</%1$sResponse>".formatted(method, response(method)));
  }

  private String response(String method) {
    return switch (method) {
      case "RetrieveServiceContent" ->
          "<returnval><sessionManager type='SessionManager'>SM</sessionManager>"
              + "<propertyCollector type='PropertyCollector'>PC</propertyCollector></returnval>";
      case "Login" -> "<returnval><key>key-1</key></returnval>";
      case "RetrievePropertiesEx", "ContinueRetrievePropertiesEx" -> page(pages.incrementAndGet());
      default -> "";
    };
  }

  private String page(int number) {
    String token = number < last ? "<token>more</token>" : "";
    return "<returnval>%s<objects><obj type='VirtualMachine'>vm-%d</obj></objects></returnval>"
        .formatted(token, number);
  }

  private Session open() {
    Transport transport =
        new Transport(server.address(), Outside.thisMachine().http(Optional.empty()));
    return new Session(transport, "user", "pass", Duration.ofHours(1));
  }

  @Test
  void pagesAreReadToTheLast() {
    last = 3;
    try (Session session = open()) {
      assertThat(new Properties(session).read(WALK).stream().map(facts -> facts.ref().value()))
          .containsExactly("vm-1", "vm-2", "vm-3");
    }
  }

  @Test
  void pagesWithoutEndAreGivenUp() {
    try (Session session = open()) {
      assertThatThrownBy(() -> new Properties(session).read(WALK))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.fault()).isEqualTo(Fault.TRANSIENT);
                assertThat(e.reason()).contains("more than 100000 objects");
              });
    }
    assertThat(pages).hasValue(400);
  }
}
