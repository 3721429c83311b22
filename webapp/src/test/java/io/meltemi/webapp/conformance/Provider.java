package io.meltemi.webapp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.webapp.TestBroker;
import io.meltemi.webapp.interop.Consumer;
import io.meltemi.webapp.interop.Dialect;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A provider in CIMI's sense: a broker on a scripted cloud, with one machine called {@code ready}
 * that is stopped, a reader and a member beside the admin.
 */
final class Provider implements AutoCloseable {
  private static final String WORD = "a word for everybody";

  private final TestBroker broker;

  Provider() {
    this("/conformance/cloud.yaml");
  }

  /**
   * @param cloud resource that holds the cloud's script
   */
  Provider(String cloud) {
    try {
      broker = TestBroker.start(cloud);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Talk talk = talk(new Dialect(2, false));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !talk.all("machineImages").items().isEmpty());
    user("reader", "READER");
    user("member", "MEMBER");
    talk.awaited(
        talk.made("machines", talk.order("ready", talk.template().with("initialState", "STOPPED")))
            .need("id"),
        "STOPPED");
  }

  static List<Dialect> dialects() {
    return List.of(
        new Dialect(1, false), new Dialect(1, true), new Dialect(2, false), new Dialect(2, true));
  }

  TestBroker broker() {
    return broker;
  }

  Talk talk(Dialect dialect) {
    return talk("admin", TestBroker.PASSWORD, dialect);
  }

  /** Somebody who may look and not touch, or who may touch what is the tenant's. */
  Talk talk(String name, Dialect dialect) {
    return talk(name, WORD, dialect);
  }

  private Talk talk(String name, String password, Dialect dialect) {
    String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    return new Talk(new Consumer(URI.create(broker.url()), "Basic " + pair, dialect));
  }

  private void user(String name, String role) {
    String body =
        """
        {"name": "%s", "password": "%s",
          "memberships": [{"tenant": {"href": "tenants/default"}, "role": "%s"}]}
        """
            .formatted(name, WORD, role);
    String users = broker.url() + "broker/1/users";
    assertThat(talk(new Dialect(2, false)).consumer().send("POST", users, body).status())
        .isEqualTo(201);
  }

  @Override
  public void close() {
    broker.close();
  }
}
