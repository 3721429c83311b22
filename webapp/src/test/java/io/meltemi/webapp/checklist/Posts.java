package io.meltemi.webapp.checklist;

import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A good body for every POST of the API; what it refers to is made for it by one person. */
final class Posts {
  static final String PASSWORD = "another word for them";

  private static final Map<String, String> ADDED =
      Map.ofEntries(
          Map.entry("machineConfigs", "{'cpu': 1, 'memory': 1024, 'name': 'NAME'}"),
          Map.entry("machineImages", "{'type': 'IMAGE', 'imageLocation': 'x:1', 'name': 'NAME'}"),
          Map.entry("credentialTemplates", "{'userName': 'u', 'name': 'NAME'}"),
          Map.entry("credentials", "{'name': 'NAME', 'credentialTemplate': {'userName': 'u'}}"),
          Map.entry(
              "machines",
              "{'name': 'NAME', 'machineTemplate': {'initialState': 'STARTED', 'machineConfig':"
                  + " {'cpu': 1, 'memory': 1048576}, 'machineImage': {'href': 'IMAGE'}}}"),
          Map.entry(
              "machineTemplates",
              "{'name': 'NAME', 'machineConfig': {'cpu': 1, 'memory': 1024}, 'machineImage':"
                  + " {'href': 'IMAGE'}}"),
          Map.entry("volumeConfigs", "{'name': 'NAME', 'capacity': 1000}"),
          Map.entry("volumeTemplates", "{'name': 'NAME', 'volumeConfig': {'capacity': 1000}}"),
          Map.entry(
              "volumes",
              "{'name': 'NAME', 'volumeTemplate': {'volumeConfig': {'capacity': 1000}}}"),
          Map.entry("volumeImages", "{'name': 'NAME', 'imageLocation': 'VOLUME'}"),
          Map.entry(
              "1/networks",
              "{'name': 'NAME', 'networkTemplate': {'networkConfig': {'networkType': 'PRIVATE'}}}"),
          Map.entry(
              "2/networks", "{'name': 'NAME', 'networkTemplate': {'initialState': 'STARTED'}}"),
          Map.entry("1/networkTemplates", "{'name': 'NAME', 'networkConfig': {'mtu': 1400}}"),
          Map.entry("2/networkTemplates", "{'name': 'NAME', 'subnet': '10.66.0.0/24'}"),
          Map.entry("networkConfigs", "{'name': 'NAME', 'networkType': 'PRIVATE'}"),
          Map.entry("interfaceTemplates", "{'name': 'NAME', 'network': {'href': 'NETWORK'}}"),
          Map.entry("apiTokens", "{'name': 'NAME'}"),
          Map.entry("joinTokens", "{'name': 'NAME'}"),
          Map.entry("tenants", "{'name': 'NAME'}"),
          Map.entry("users", "{'name': 'NAME', 'password': 'a word for NAME'}"),
          Map.entry(
              "accounts",
              "{'name': 'NAME', 'connector': 'scripted', 'settings': {'address': 'memory:town'}}"),
          Map.entry("machines/volumes", "{'name': 'NAME', 'volume': {'href': 'VOLUME'}}"));

  /** Values of what operations take. */
  private static final Map<String, String> TAKEN =
      Map.of(
          "volume", "{'href': 'VOLUME'}",
          "image", "{'href': 'IMAGE'}",
          "password", "'" + PASSWORD + "'");

  private static final Map<String, String> POSTED =
      Map.of(
          "MachineImage", "{'name': 'NAME'}",
          "VolumeImage", "{'name': 'NAME'}");

  private final Town town;
  private final Client who;

  Posts(Town town, Client who) {
    this.town = town;
    this.who = who;
  }

  /**
   * A body that a route of POST takes; a route that is new wants its words in the tables above.
   *
   * @param name of what is made, for every call another
   */
  String body(Route route, String name) {
    return filled(route.operation().map(Posts::input).orElseGet(() -> added(route)), name);
  }

  private static String added(Route route) {
    String plain = route.path().replaceFirst("^[a-z]+/\\d/", "").replaceAll("/\\{id\\d}", "");
    String ofVersion = route.path().replaceFirst("^[a-z]+/", "");
    String sample = ADDED.getOrDefault(ofVersion, ADDED.get(plain));
    return Objects.requireNonNull(sample, "a new collection wants a sample: " + plain);
  }

  private static String input(Operation operation) {
    if (operation.body().isPresent()) {
      return Objects.requireNonNull(POSTED.get(operation.body().get()), operation.toString());
    }
    List<String> members = new ArrayList<>();
    for (Attribute parameter : operation.input()) {
      if (!parameter.consumerMandatory()) continue;
      String value = Objects.requireNonNull(TAKEN.get(parameter.name()), parameter.name());
      members.add("'" + parameter.name() + "': " + value);
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String filled(String sample, String name) {
    String volume = sample.contains("VOLUME") ? path(town.volume(who, name + "-volume")) : "";
    return sample
        .replace("VOLUME", volume)
        .replace("NETWORK", path(town.network(town.broker.cloud().name())))
        .replace("{'href': 'IMAGE'}", "{'href': '" + path(town.image()) + "'}")
        .replace("NAME", name)
        .replace('\'', '"');
  }

  /** The same request with something more, which makes it another. */
  static String varied(String body) {
    String begin = body.substring(0, body.lastIndexOf('}'));
    return begin + (begin.equals("{") ? "" : ", ") + "\"properties\": {\"a\": \"b\"}}";
  }

  private static String path(String url) {
    return url.replaceFirst(".*/(cimi|broker)/\\d/", "");
  }
}
