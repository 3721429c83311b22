package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Outgoing;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.outgoing.Range;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ways into Keystone. Needs the OpenStack of dev/openstack, like the contract. */
class LogInIT {
  private final Lab lab = new Lab();
  private final FaultProxy proxy = new FaultProxy(lab.addresses());
  private final String name = "kit-" + UUID.randomUUID();

  @AfterEach
  void close() {
    proxy.close();
  }

  private Connector open(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("endpoint", proxy.address(lab.value("OS_AUTH_URL")));
    settings.putAll(changes);
    return opened(settings);
  }

  private static Connector opened(Map<String, String> settings) {
    return new OpenStackConnectorFactory()
        .open(
            settings,
            new Context("kit-1", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @Test
  void anApplicationCredentialStandsForUserAndProject() {
    String secret = "s-" + UUID.randomUUID();
    String id =
        lab.openstack(
            "application",
            "credential",
            "create",
            "--secret",
            secret,
            "-f",
            "value",
            "-c",
            "id",
            name);
    Map<String, String> settings =
        Map.of(
            "endpoint", lab.value("OS_AUTH_URL"),
            "applicationCredential", id,
            "applicationCredentialSecret", secret);
    try (Connector connector = opened(settings)) {
      assertThat(connector.discover().quotaLimit().machines()).isEqualTo(3000);
    } finally {
      lab.openstack("application", "credential", "delete", id);
    }
    try (Connector connector = opened(settings)) {
      assertFault(connector, Fault.CREDENTIALS);
    }
  }

  /** And a log-in that was refused once is tried again: its user may be back. */
  @Test
  void aUserOfAnotherDomainIsFoundByItsNames() {
    lab.asAdmin("domain", "create", name);
    lab.asAdmin("project", "create", "--domain", name, "demo");
    lab.asAdmin("user", "create", "--domain", name, "--password", "other", "demo");
    lab.asAdmin(
        "role",
        "add",
        "--user",
        "demo",
        "--user-domain",
        name,
        "--project",
        "demo",
        "--project-domain",
        name,
        "member");
    Map<String, String> theirs =
        Map.of("userDomain", name, "projectDomain", name, "password", "other");
    try (Connector connector = open(theirs)) {
      lab.asAdmin("user", "set", "--domain", name, "--disable", "demo");
      assertFault(connector, Fault.CREDENTIALS);
      lab.asAdmin("user", "set", "--domain", name, "--enable", "demo");
      assertThat(connector.discover().quotaLimit().machines()).isLessThan(3000);
    } finally {
      lab.asAdmin("domain", "set", "--disable", name);
      lab.asAdmin("domain", "delete", name);
    }
  }

  private static void assertFault(Connector connector, Fault fault) {
    assertThatThrownBy(connector::discover)
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void aRegionThatIsNotThereIsNamedWithThoseThatAre() {
    try (Connector connector = open(Map.of("region", "Atlantis"))) {
      assertThatThrownBy(connector::discover)
          .isInstanceOf(ConnectorException.class)
          .hasMessageContaining("Atlantis, but in RegionOne");
    }
  }

  /** Keystone and nova stand at ports of their own; each must be opened. */
  @Test
  void nothingIsReachedButThePortsThatAreOpened() {
    for (String opened : proxy.ports()) {
      Outgoing outgoing = Gateway.allowing(List.of(Range.parse(opened)));
      Map<String, String> settings = new HashMap<>(lab.settings());
      settings.put("endpoint", proxy.address(lab.value("OS_AUTH_URL")));
      try (Connector connector =
          new OpenStackConnectorFactory()
              .open(
                  settings, new Context("kit-1", Clock.systemUTC(), outgoing, Optional.empty()))) {
        assertFault(connector, Fault.TRANSIENT);
      }
    }
    try (Connector connector = open(Map.of())) {
      assertThat(connector.discover().images()).isNotEmpty();
    }
  }

  /** Nova remembers for half a minute that a token was good. */
  @Test
  void tokensThatDiedAreRenewedWithoutACallThatFails() {
    try (Connector connector = open(Map.of())) {
      connector.machines().list();
      long before = logIns();
      lab.faults("tokens");
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> connector.machines().list() != null && logIns() > before);
    } finally {
      lab.faults("clear");
    }
  }

  /** Nova did nothing when it said so. */
  @Test
  void aCreationThatMetADeadTokenIsSentOnceMoreAndMakesOneServer() {
    Token token = new Token(name);
    try (Connector connector = open(Map.of())) {
      assertThat(connector.machines().find(token)).isEmpty();
      long before = logIns();
      proxy.next(
          call -> NovaCalls.is(call, Call.CREATE),
          NovaCalls.refusal(Fault.CREDENTIALS, "Unauthorized", Optional.empty()));
      Handle machine =
          connector
              .machines()
              .create(
                  Orders.plain("renewed", 1, 524288),
                  new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID")),
                  token);
      assertThat(connector.machines().find(token)).containsExactly(machine);
      connector.machines().delete(machine);
      assertThat(logIns()).isEqualTo(before + 1);
    }
    assertThat(proxy.seen()).filteredOn(call -> NovaCalls.is(call, Call.CREATE)).hasSize(2);
  }

  private long logIns() {
    return proxy.seen().stream().filter(call -> call.path().endsWith("/auth/tokens")).count();
  }
}
