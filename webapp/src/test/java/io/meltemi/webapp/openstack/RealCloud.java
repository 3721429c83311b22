package io.meltemi.webapp.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.StandingProgram;
import io.meltemi.webapp.interop.Card;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The OpenStack of dev/openstack, asked by its own command line and never by our connector. */
final class RealCloud {
  private static final Path SCRIPTS = Path.of("../dev/openstack");

  private final ObjectMapper json = new ObjectMapper();
  private final Path home =
      Path.of(
          Optional.ofNullable(System.getenv("OPENSTACK_HOME"))
              .orElse(System.getProperty("java.io.tmpdir") + "/openstack-lab"));
  private final Map<String, String> environment = Outside.exports(home.resolve("openrc"));
  private final StandingProgram user = client(environment);
  private final StandingProgram admin = client(Outside.exports(home.resolve("openrc-admin")));

  private static StandingProgram client(Map<String, String> as) {
    return new StandingProgram(as, SCRIPTS.resolve("client").toString());
  }

  /** A server that some broker made, as nova tells it. */
  record Server(String id, String name, String status, String token, String account) {}

  /** Keystone, nova, cinder and neutron, as the catalogue writes them. */
  List<URI> addresses() {
    return Stream.of("OS_AUTH_URL", "LAB_COMPUTE_URL", "LAB_VOLUME_URL", "LAB_NETWORK_URL")
        .map(this::value)
        .map(URI::create)
        .toList();
  }

  private String value(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() -> new IllegalStateException("the lab's openrc has no " + name));
  }

  String keystone() {
    return value("OS_AUTH_URL");
  }

  /** What {@code openstack --os-cloud} reads. */
  String cloudsFile() {
    try {
      return Files.readString(home.resolve("clouds.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String password() {
    return value("OS_PASSWORD");
  }

  /** All servers of the project that bear a token. */
  List<Server> marked() {
    List<Server> servers = new ArrayList<>();
    for (JsonNode each : told("server", "list", "--long", "-f", "json")) {
      String token = each.path("Properties").path("meltemi-token").asText();
      if (!token.isEmpty()) {
        servers.add(
            new Server(
                each.path("ID").asText(),
                each.path("Name").asText(),
                each.path("Status").asText(),
                token,
                each.path("Properties").path("meltemi-account").asText()));
      }
    }
    return servers;
  }

  /** A server that no broker made; its id. */
  String foreign(String name) {
    return made(name, List.of());
  }

  /** A server that bears a mark as the account's broker writes it; its id. */
  String bearing(String name, String token, String account) {
    return made(
        name,
        List.of(
            "--property", "meltemi-token=" + token, "--property", "meltemi-account=" + account));
  }

  private String made(String name, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("server", "create", "--flavor", "m1.tiny", "--image", "tiny-linux"));
    arguments.addAll(List.of("--network", "demo-net", "-f", "value", "-c", "id"));
    arguments.addAll(more);
    arguments.add(name);
    return openstack(arguments.toArray(String[]::new));
  }

  /** One that is made for demo; it tells its id and secret. */
  JsonNode applicationCredential(String name) {
    return told("application", "credential", "create", name, "-f", "json");
  }

  private JsonNode told(String... arguments) {
    try {
      return json.readTree(openstack(arguments));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A volume with metadata of its own; its id. */
  String volume(String name, Map<String, String> metadata) {
    List<String> arguments = new ArrayList<>(List.of("volume", "create", "--size", "1"));
    arguments.addAll(List.of("-f", "value", "-c", "id"));
    metadata.forEach((key, value) -> arguments.addAll(List.of("--property", key + "=" + value)));
    arguments.add(name);
    return openstack(arguments.toArray(String[]::new)).strip();
  }

  /** The token that a volume of this name bears. */
  String tokenOfVolume(String name) {
    return told("volume", "show", name, "-f", "json").at("/properties/meltemi-token").asText();
  }

  /** Cinder's ids of all volumes of the project. */
  List<String> volumes() {
    return openstack("volume", "list", "-f", "value", "-c", "ID").lines().toList();
  }

  /** A network without a range; its id. */
  String network(String name, String description) {
    return openstack(
            "network", "create", "--description", description, "-f", "value", "-c", "id", name)
        .strip();
  }

  void subnet(String network, String range, String description) {
    openstack(
        "subnet",
        "create",
        "--network",
        network,
        "--subnet-range",
        range,
        "--description",
        description,
        range);
  }

  /** Neutron's ids of the networks of this name. */
  List<String> networks(String name) {
    return openstack("network", "list", "--name", name, "-f", "value", "-c", "ID").lines().toList();
  }

  /** The ranges of a network, each with its way out. */
  List<String> ranges(String network) {
    return openstack(
            "subnet",
            "list",
            "--network",
            network,
            "--long",
            "-f",
            "value",
            "-c",
            "Subnet",
            "-c",
            "Gateway")
        .lines()
        .toList();
  }

  /** The ports of a server in a network, each with its first address. */
  List<Card> cards(Server server, String network) {
    List<Card> cards = new ArrayList<>();
    String[] list = {"port", "list", "--server", server.id(), "--network", network, "-f", "json"};
    for (JsonNode each : told(list)) {
      cards.add(
          new Card(
              each.path("MAC Address").asText(),
              each.at("/Fixed IP Addresses/0/ip_address").asText()));
    }
    return cards;
  }

  /** Those of the project, lent or not. */
  List<String> floatingAddresses() {
    return openstack("floating", "ip", "list", "-f", "value", "-c", "Floating IP Address")
        .lines()
        .toList();
  }

  String openstack(String... arguments) {
    return user.run(List.of(arguments));
  }

  /** The same as the cloud's administrator. */
  String asAdmin(String... arguments) {
    return admin.run(List.of(arguments));
  }

  /** What a reader of the project's pages would type at its root. */
  String shell(String command) {
    return Outside.run(environment, List.of("bash", "-ec", "cd ..; " + command));
  }

  void faults(String... arguments) {
    Outside.run(
        environment,
        Stream.concat(Stream.of(SCRIPTS.resolve("faults").toString()), Stream.of(arguments))
            .toList());
  }
}
