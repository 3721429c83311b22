package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorFactory.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account needs.
 *
 * @param endpoint of Keystone v3
 * @param region empty takes the first of the catalogue
 * @param network id of the network of new machines; empty leaves it to the project's only one
 * @param country where the region stands; Keystone does not tell
 */
record OpenStackSettings(
    URI endpoint,
    String user,
    String userDomain,
    String password,
    String project,
    String projectDomain,
    Optional<String> region,
    Optional<String> network,
    Optional<String> country) {

  static final List<Setting> TABLE =
      List.of(
          mandatory("endpoint", "Keystone v3, for instance https://cloud.example:5000/v3", false),
          mandatory("user", "name of the user", false),
          withFallback("userDomain", "domain of the user", "Default"),
          mandatory("password", "password of the user", true),
          mandatory("project", "name of the project", false),
          withFallback("projectDomain", "domain of the project", "Default"),
          optional("region", "region; the first of the catalogue when it is not given"),
          optional("network", "id of the network of new machines"),
          optional("country", "country of the region, ISO 3166-1, for instance FR"));

  /** Throws {@link IllegalArgumentException} that names the setting which is missing or wrong. */
  static OpenStackSettings of(Map<String, String> given) {
    return new OpenStackSettings(
        endpoint(needed(given, "endpoint")),
        needed(given, "user"),
        given.getOrDefault("userDomain", "Default"),
        needed(given, "password"),
        needed(given, "project"),
        given.getOrDefault("projectDomain", "Default"),
        Optional.ofNullable(given.get("region")),
        Optional.ofNullable(given.get("network")),
        Optional.ofNullable(given.get("country")));
  }

  private static URI endpoint(String text) {
    URI uri = URI.create(text);
    if (!String.valueOf(uri.getScheme()).matches("https?") || uri.getHost() == null) {
      throw new IllegalArgumentException("endpoint must be an http or https URL, was " + text);
    }
    return uri;
  }

  private static String needed(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must be given");
    }
    return value;
  }

  private static Setting mandatory(String name, String description, boolean secret) {
    return new Setting(name, description, true, secret, Optional.empty());
  }

  private static Setting withFallback(String name, String description, String fallback) {
    return new Setting(name, description, false, false, Optional.of(fallback));
  }

  private static Setting optional(String name, String description) {
    return new Setting(name, description, false, false, Optional.empty());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " in " + project + " at " + endpoint;
  }
}
