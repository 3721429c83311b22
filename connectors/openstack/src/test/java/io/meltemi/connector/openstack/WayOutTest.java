package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A Keystone that sends us where it likes. */
class WayOutTest {
  private final Impostor impostor = new Impostor();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    impostor.close();
  }

  private int canary() throws IOException {
    return impostor.server(exchange -> {
      heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.sendResponseHeaders(404, -1);
    });
  }

  private static HttpHandler redirect(int status, int port) {
    return (HttpExchange exchange) -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port + "/v3/auth/tokens");
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static ConnectorException discovered(int keystone, int... open) {
    try (Connector connector = Impostor.open(keystone, open)) {
      return catchThrowableOfType(ConnectorException.class, connector::discover);
    }
  }

  @Test
  void keystoneItselfIsReachedOnlyWhenItIsOpened() throws IOException {
    int canary = canary();
    ConnectorException failure = discovered(canary);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("no answer from 127.0.0.1:" + canary);
    assertThat(heard).isEmpty();
    discovered(canary, canary);
    assertThat(heard).containsExactly("POST /v3/auth/tokens");
  }

  @Test
  void anAddressThatIsClosedIsNoErrorInTheLog() throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try {
      assertThat(discovered(canary())).isNotNull();
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list).filteredOn(line -> line.getLevel() == Level.ERROR).isEmpty();
  }

  @Test
  void whatTheCatalogueNamesIsReachedOnlyWhenItIsOpened() throws IOException {
    int canary = canary();
    int keystone = impostor.keystone(canary);
    ConnectorException failure = discovered(keystone, keystone);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("no answer from 127.0.0.1:" + canary);
    assertThat(heard).isEmpty();
    discovered(keystone, keystone, canary);
    assertThat(heard).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void keystoneSendsNoPasswordElsewhere(int status) throws IOException {
    int canary = canary();
    int keystone = impostor.server(redirect(status, canary));
    assertThat(discovered(keystone, keystone, canary)).isNotNull();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void novaSendsNoTokenElsewhere(int status) throws IOException {
    int canary = canary();
    int nova = impostor.server(redirect(status, canary));
    int keystone = impostor.keystone(nova);
    assertThat(discovered(keystone, keystone, nova, canary)).isNotNull();
    assertThat(heard).isEmpty();
  }
}
