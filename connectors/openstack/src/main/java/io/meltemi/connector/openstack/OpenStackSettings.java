package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorFactory.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an account needs.
 *
 * @param endpoint of Keystone v3
 * @param certificates PEM; empty believes the authorities that the JDK believes
 * @param region empty takes the only one of the catalogue
 * @param networks ids of the networks of new machines; none leaves it to the project's only one
 * @param securityGroups names of the groups of new machines; none leaves it to the project's own
 * @param country where the region stands; Keystone does not tell
 */
record OpenStackSettings(
    URI endpoint,
    Login login,
    Optional<String> certificates,
    Optional<String> region,
    List<String> networks,
    List<String> securityGroups,
    Optional<String> country) {

  private static final String PASSWORD = "password";
  private static final String PROJECT = "project";
  private static final String PROJECT_ID = "projectId";
  private static final String PROJECT_DOMAIN = "projectDomain";
  private static final List<String> OF_PASSWORD = List.of("user", PASSWORD, PROJECT, PROJECT_ID);
  private static final String CREDENTIAL = "applicationCredential";
  private static final String SECRET = "applicationCredentialSecret";

  static final List<Setting> TABLE =
      List.of(
          new Setting(
              "endpoint",
              "Keystone v3, for instance https://cloud.example:5000/v3",
              true,
              false,
              Optional.empty(),
              true),
          optional("user", "name of the user, unless there is an application credential"),
          withFallback("userDomain", "domain of the user", "Default"),
          secret(PASSWORD, "password of the user"),
          optional(PROJECT, "name of the project"),
          withFallback(PROJECT_DOMAIN, "domain of the project", "Default"),
          optional(PROJECT_ID, "id of the project, in place of its name and domain"),
          optional(CREDENTIAL, "id of an application credential, in place of user and project"),
          secret(SECRET, "secret of the application credential"),
          optional("certificates", "certificates that are believed, in PEM form"),
          optional("region", "region; not needed where the catalogue has one only"),
          optional("networks", "ids of the networks of new machines, parted by commas"),
          optional("securityGroups", "names of their security groups, parted by commas"),
          optional("country", "country of the region, ISO 3166-1, for instance FR"));

  /** Throws {@link IllegalArgumentException} that names the setting which is missing or wrong. */
  static OpenStackSettings of(Map<String, String> given) {
    return new OpenStackSettings(
        endpoint(needed(given, "endpoint")),
        login(given),
        Optional.ofNullable(given.get("certificates")),
        Optional.ofNullable(given.get("region")),
        several(given, "networks"),
        several(given, "securityGroups"),
        Optional.ofNullable(given.get("country")));
  }

  /** The secret of the other way to log in than these settings choose. */
  static Set<String> unused(Map<String, String> open) {
    return Set.of(open.containsKey(CREDENTIAL) ? PASSWORD : SECRET);
  }

  private static URI endpoint(String text) {
    try {
      URI uri = new URI(text);
      if (String.valueOf(uri.getScheme()).matches("https?") && uri.getHost() != null) return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(noUrl(text), e);
    }
    throw new IllegalArgumentException(noUrl(text));
  }

  private static String noUrl(String text) {
    return "endpoint must be an http or https URL, was " + text;
  }

  private static Login login(Map<String, String> given) {
    if (!given.containsKey(CREDENTIAL) && !given.containsKey(SECRET)) {
      return new Login.Password(
          needed(given, "user"),
          given.getOrDefault("userDomain", "Default"),
          needed(given, PASSWORD),
          project(given));
    }
    refuseBeside(CREDENTIAL, OF_PASSWORD, given);
    return new Login.ApplicationCredential(needed(given, CREDENTIAL), needed(given, SECRET));
  }

  private static Login.Project project(Map<String, String> given) {
    if (!given.containsKey(PROJECT_ID)) {
      return new Login.Project.Named(
          needed(given, PROJECT), given.getOrDefault(PROJECT_DOMAIN, "Default"));
    }
    refuseBeside(PROJECT_ID, List.of(PROJECT), given);
    return new Login.Project.Known(needed(given, PROJECT_ID));
  }

  private static void refuseBeside(String name, List<String> others, Map<String, String> given) {
    for (String other : others) {
      if (given.containsKey(other)) {
        throw new IllegalArgumentException(
            other + " must not be given beside " + name + ", which stands for it");
      }
    }
  }

  private static String needed(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must be given");
    }
    return value;
  }

  private static List<String> several(Map<String, String> given, String name) {
    return Stream.of(given.getOrDefault(name, "").split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static Setting withFallback(String name, String description, String fallback) {
    return new Setting(name, description, false, false, Optional.of(fallback));
  }

  private static Setting secret(String name, String description) {
    return new Setting(name, description, false, true, Optional.empty());
  }

  private static Setting optional(String name, String description) {
    return new Setting(name, description, false, false, Optional.empty());
  }

  @Override
  public String toString() {
    return login + " at " + endpoint;
  }
}
