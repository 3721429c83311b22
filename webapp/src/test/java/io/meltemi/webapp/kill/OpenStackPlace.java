package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Outside;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The OpenStack of dev/openstack, in which others may work too: what bears our account's mark is
 * ours.
 */
final class OpenStackPlace extends RealPlace {
  private final OpenStackProject project;

  /** Ours; nothing bears it before it is registered. */
  private Optional<String> account = Optional.empty();

  private OpenStackPlace(OpenStackProject project, Weather weather) {
    super(
        "openstack",
        new FaultProxy(
            Stream.of("OS_AUTH_URL", "LAB_COMPUTE_URL", "LAB_VOLUME_URL", "LAB_NETWORK_URL")
                .map(name -> URI.create(project.word(name)))
                .toList()),
        weather);
    this.project = project;
  }

  static OpenStackPlace open(Weather weather) {
    Path home =
        Path.of(
            Optional.ofNullable(System.getenv("OPENSTACK_HOME"))
                .orElse(System.getProperty("java.io.tmpdir") + "/openstack-lab"));
    return new OpenStackPlace(
        new OpenStackProject(Outside.exports(home.resolve("openrc"))), weather);
  }

  @Override
  Map<String, String> settings(FaultProxy proxy) {
    return Map.of(
        "endpoint", proxy.address(project.word("OS_AUTH_URL")),
        "user", project.word("OS_USERNAME"),
        "password", project.word("OS_PASSWORD"),
        "project", project.word("OS_PROJECT_NAME"),
        "country", "FR");
  }

  @Override
  void joined(String id) {
    account = Optional.of(id);
  }

  @Override
  Predicate<FaultProxy.Call> creation() {
    return call -> call.method().equals("POST") && call.path().endsWith("/servers");
  }

  @Override
  public List<Operation> operations() {
    return Arrays.stream(Operation.values())
        .filter(each -> !Operation.OF_MOMENTS.contains(each))
        .toList();
  }

  @Override
  public int room() {
    return 3;
  }

  @Override
  public boolean boots(String image) {
    return image.equals("tiny-linux");
  }

  private Stream<JsonNode> ours(List<JsonNode> all) {
    return all.stream()
        .filter(each -> account.filter(tag(each, "meltemi-account")::equals).isPresent());
  }

  /**
   * Glance writes an image's metadata beside its other attributes; where neutron has none, the
   * description has the words.
   */
  private static String tag(JsonNode thing, String name) {
    return Arrays.stream(thing.path("description").asText().split(" "))
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst()
        .orElseGet(() -> thing.path("metadata").path(name).asText(thing.path(name).asText()));
  }

  private static String name(JsonNode thing) {
    return thing.path("name").asText();
  }

  private static Thing thing(JsonNode thing, String state) {
    return new Thing(name(thing), tag(thing, "meltemi-token"), state);
  }

  @Override
  public List<Thing> machines() {
    return ours(project.servers())
        .map(server -> thing(server, state(server.path("status").asText())))
        .toList();
  }

  private static String state(String status) {
    return switch (status) {
      case "ACTIVE" -> "STARTED";
      case "SHUTOFF" -> "STOPPED";
      default -> status;
    };
  }

  @Override
  public List<Thing> volumes() {
    List<JsonNode> volumes = ours(project.volumes()).toList();
    if (volumes.isEmpty()) return List.of();
    List<JsonNode> servers = project.servers();
    return volumes.stream().map(volume -> thing(volume, at(volume, servers))).toList();
  }

  private static String at(JsonNode volume, List<JsonNode> servers) {
    String status = volume.path("status").asText();
    if (status.equals("available")) return FREE;
    String server = volume.path("attachments").path(0).path("server_id").asText();
    return servers.stream()
        .filter(each -> each.path("id").asText().equals(server))
        .findFirst()
        .map(each -> Place.at(name(each)))
        .orElse(status);
  }

  @Override
  public List<Thing> networks() {
    return ours(project.networks())
        .map(network -> thing(network, network.path("subnets").isEmpty() ? "CREATING" : "STARTED"))
        .toList();
  }

  @Override
  public List<Thing> addresses() {
    List<JsonNode> addresses = ours(project.floatingAddresses()).toList();
    if (addresses.isEmpty()) return List.of();
    List<JsonNode> servers = project.servers();
    return addresses.stream()
        .map(address ->
            new Thing(
                Place.addressOf(server(address, servers)),
                tag(address, "meltemi-token"),
                address.path("floating_ip_address").asText()))
        .toList();
  }

  private static String server(JsonNode address, List<JsonNode> servers) {
    String server = address.path("port_details").path("device_id").asText();
    return servers.stream()
        .filter(each -> each.path("id").asText().equals(server))
        .findFirst()
        .map(OpenStackPlace::name)
        .orElse("nobody");
  }

  @Override
  public List<String> images() {
    return Stream.concat(ours(project.images()), ours(project.snapshots()))
        .map(OpenStackPlace::name)
        .toList();
  }
}
