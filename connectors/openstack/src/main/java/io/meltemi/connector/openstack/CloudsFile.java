package io.meltemi.connector.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An account's settings from a cloud of {@code clouds.yaml}, the file of OpenStack's own tools.
 * What cannot be obeyed is refused and not left out, for it would mean another account than the
 * file does.
 */
final class CloudsFile {
  /** Our setting for each field of {@code auth}. */
  private static final Map<String, String> AUTH =
      Map.of(
          "username", "user",
          "password", "password",
          "project_name", "project",
          "user_domain_name", "userDomain",
          "project_domain_name", "projectDomain",
          "application_credential_id", "applicationCredential",
          "application_credential_secret", "applicationCredentialSecret");

  /** Fields of {@code auth} that say by id what a name says too. */
  private static final Map<String, String> BY_NAME =
      Map.of(
          "project_id", "project_name",
          "user_id", "username",
          "user_domain_id", "user_domain_name",
          "project_domain_id", "project_domain_name",
          "application_credential_name", "application_credential_id");

  private static final Set<String> LOG_INS =
      Set.of("password", "v3password", "v3applicationcredential");

  private final String path;
  private final JsonNode cloud;
  private final Map<String, String> settings = new HashMap<>();

  private CloudsFile(String path, JsonNode cloud) {
    this.path = path;
    this.cloud = cloud;
  }

  /**
   * @param entry which cloud; empty takes the only one
   * @param beside settings given beside the file, which rule over it
   * @throws IllegalArgumentException that names the line or the field which is wrong
   */
  static Map<String, String> settings(
      String text, Optional<String> entry, Map<String, String> beside) {
    JsonNode clouds = read(text).path("clouds");
    if (!clouds.isObject() || clouds.isEmpty()) {
      throw new IllegalArgumentException("clouds: there must be at least one cloud below it");
    }
    Set<String> names = new LinkedHashSet<>();
    clouds.fieldNames().forEachRemaining(names::add);
    String name = entry.orElseGet(() -> only(names));
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "clouds: there is no cloud " + name + ", but " + String.join(", ", names));
    }
    CloudsFile file = new CloudsFile("clouds." + name, clouds.path(name));
    file.take(beside);
    file.settings.putAll(beside);
    return file.settings;
  }

  private static JsonNode read(String text) {
    try {
      return YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new IllegalArgumentException("line " + line + ": no YAML: " + why, e);
    }
  }

  private static String only(Set<String> names) {
    if (names.size() == 1) return names.iterator().next();
    throw new IllegalArgumentException(
        "clouds: there are several, say which one: " + String.join(", ", names));
  }

  private void take(Map<String, String> beside) {
    if (!cloud.isObject()) throw wrong("", "must hold auth and more");
    cloud.properties().forEach(field -> field(field.getKey(), field.getValue(), beside));
    if (!cloud.has("auth")) throw wrong("auth", "is missing");
  }

  private void field(String name, JsonNode value, Map<String, String> beside) {
    switch (name) {
      case "auth" -> auth(value);
      case "auth_type" -> {
        if (!LOG_INS.contains(text(name, value))) {
          throw wrong(name, "must be password or v3applicationcredential, or left out");
        }
      }
      case "region_name" -> settings.put("region", text(name, value));
      case "interface", "endpoint_type" -> {
        if (!text(name, value).startsWith("public")) throw wrong(name, "must be public");
      }
      case "identity_api_version" -> {
        if (!text(name, value).matches("3(\\..*)?")) throw wrong(name, "must be 3");
      }
      case "verify" -> {
        if (!value.asBoolean(true)) {
          throw wrong(name, "certificates are always verified; give the setting certificates");
        }
      }
      case "cacert" -> {
        if (!beside.containsKey("certificates")) {
          throw wrong(name, "is a file of yours; give what it holds as the setting certificates");
        }
      }
      default -> {
        if (!name.endsWith("_api_version")) {
          throw wrong(name, "is not known here; take it out if it does not matter");
        }
      }
    }
  }

  private void auth(JsonNode auth) {
    if (!auth.isObject()) throw wrong("auth", "must hold auth_url and more");
    for (Map.Entry<String, JsonNode> field : auth.properties()) {
      String name = field.getKey();
      String value = text("auth." + name, field.getValue());
      String instead = BY_NAME.get(name);
      if (name.equals("auth_url")) {
        settings.put("endpoint", versioned(value));
      } else if (AUTH.containsKey(name)) {
        settings.put(AUTH.get(name), value);
      } else if (instead != null && name.endsWith("domain_id") && value.equals("default")) {
        continue;
      } else if (instead == null) {
        throw wrong("auth." + name, "is not known here; known are " + known());
      } else if (!auth.has(instead)) {
        throw wrong("auth." + name, "give " + instead + " in its place");
      }
    }
    if (!settings.containsKey("endpoint")) throw wrong("auth.auth_url", "is missing");
  }

  private static String known() {
    return AUTH.keySet().stream().sorted().collect(Collectors.joining(", ", "auth_url, ", ""));
  }

  /** The file may leave the version out; its tools find it, and there is one only. */
  private String versioned(String url) {
    try {
      URI address = URI.create(url.strip());
      String bare = address.toString().replaceFirst("/+$", "");
      return bare.matches(".*/v3") ? bare : bare + "/v3";
    } catch (IllegalArgumentException e) {
      throw wrong("auth.auth_url", "is no URL");
    }
  }

  private String text(String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) return value.asText();
    throw wrong(name, "must be a text");
  }

  private IllegalArgumentException wrong(String field, String why) {
    return new IllegalArgumentException(path + (field.isEmpty() ? "" : "." + field) + ": " + why);
  }
}
