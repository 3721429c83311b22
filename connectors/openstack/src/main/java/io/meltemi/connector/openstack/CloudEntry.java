package io.meltemi.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One cloud of {@code clouds.yaml}. What cannot be obeyed is refused and not left out, for it would
 * mean another account than the file does.
 */
final class CloudEntry {
  private static final String CREDENTIAL = "application_credential_id";

  /** Our setting for each field of {@code auth}. */
  private static final Map<String, String> AUTH =
      Map.of(
          "username",
          "user",
          "password",
          "password",
          "project_name",
          "project",
          "project_id",
          "projectId",
          "user_domain_name",
          "userDomain",
          "project_domain_name",
          "projectDomain",
          CREDENTIAL,
          "applicationCredential",
          "application_credential_secret",
          "applicationCredentialSecret");

  /** Fields of {@code auth} that are not taken, for another says the same. */
  private static final Map<String, String> IN_PLACE_OF =
      Map.of(
          "user_id", "username",
          "user_domain_id", "user_domain_name",
          "project_domain_id", "project_domain_name",
          "application_credential_name", CREDENTIAL,
          "tenant_name", "project_name",
          "tenant_id", "project_id");

  private static final Set<String> BY_PASSWORD = Set.of("password", "v3password");
  private static final String BY_CREDENTIAL = "v3applicationcredential";

  private final String path;
  private final JsonNode cloud;
  private final Map<String, String> beside;
  private final Map<String, String> settings = new HashMap<>();

  private CloudEntry(String path, JsonNode cloud, Map<String, String> beside) {
    this.path = path;
    this.cloud = cloud;
    this.beside = beside;
  }

  /**
   * @param path of the cloud in the file, for people
   * @param beside settings given beside the file, which rule over it
   * @throws IllegalArgumentException that names the field which is wrong
   */
  static Map<String, String> settings(String path, JsonNode cloud, Map<String, String> beside) {
    return new CloudEntry(path, cloud, beside).read();
  }

  private Map<String, String> read() {
    if (!cloud.isObject()) throw wrong("", "must hold auth and more");
    cloud.properties().forEach(field -> field(field.getKey(), field.getValue()));
    if (!cloud.has("auth")) throw wrong("auth", "is missing");
    if (beside.containsKey("project") || beside.containsKey("projectId")) {
      settings.keySet().removeAll(Set.of("project", "projectId"));
    }
    settings.putAll(beside);
    if (cloud.has("auth_type")) checkLogIn(cloud.path("auth_type").asText());
    return settings;
  }

  private void field(String name, JsonNode value) {
    switch (name) {
      case "auth" -> auth(value);
      case "auth_type" -> {
        String type = text(name, value);
        if (!BY_PASSWORD.contains(type) && !type.equals(BY_CREDENTIAL)) {
          throw wrong(name, "must be password or " + BY_CREDENTIAL + ", or left out");
        }
      }
      case "region_name" -> settings.put("region", text(name, value));
      case "regions" -> regions(value);
      case "interface", "endpoint_type" -> wanted(name, value, "public(URL)?", "public");
      case "identity_api_version" -> wanted(name, value, "3(\\..*)?", "3");
      case "compute_api_version", "network_api_version" -> wanted(name, value, "2(\\..*)?", "2");
      case "volume_api_version", "block_storage_api_version" ->
          wanted(name, value, "3(\\..*)?", "3");
      case "verify" -> verified(name, value, "(?i)true|yes|on");
      case "insecure" -> verified(name, value, "(?i)false|no|off");
      case "cacert" -> {
        if (!beside.containsKey("certificates")) {
          throw wrong(name, "is a file of yours; give what it holds as the setting certificates");
        }
      }
      case "profile", "cloud" ->
          throw wrong(name, "vendors are not known here; give what it stands for, auth_url first");
      case "cert", "key" -> throw wrong(name, "no certificate of the caller is shown here");
      default -> {
        if (!name.endsWith("_api_version")) {
          throw wrong(name, "is not known here; take it out if it does not matter");
        }
      }
    }
  }

  private void wanted(String name, JsonNode value, String form, String words) {
    if (!text(name, value).matches(form)) throw wrong(name, "must be " + words);
  }

  private void verified(String name, JsonNode value, String form) {
    if (!text(name, value).matches(form)) {
      throw wrong(name, "certificates are always verified; give the setting certificates");
    }
  }

  private void regions(JsonNode list) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : list) {
      if (each.has("values")) throw wrong("regions", "values of single regions are not taken");
      names.add(text("regions", each.isObject() ? each.path("name") : each));
    }
    String chosen = beside.getOrDefault("region", cloud.path("region_name").asText());
    if (names.size() == 1 && chosen.isEmpty()) {
      settings.put("region", names.getFirst());
    } else if (!names.contains(chosen)) {
      throw wrong("regions", "give one of them as region_name: " + String.join(", ", names));
    }
  }

  private void auth(JsonNode auth) {
    if (!auth.isObject()) throw wrong("auth", "must hold auth_url and more");
    for (Map.Entry<String, JsonNode> field : auth.properties()) {
      String name = field.getKey();
      String value = text("auth." + name, field.getValue());
      if (name.equals("auth_url")) {
        settings.put("endpoint", versioned(value));
      } else if (auth.has(CREDENTIAL) && !name.startsWith("application_credential_")) {
        throw wrong("auth." + name, "take it out: " + CREDENTIAL + " says user and project");
      } else if (AUTH.containsKey(name)) {
        settings.put(AUTH.get(name), value);
      } else if (!isTold(name, value, auth)) {
        throw wrong("auth." + name, instead(name, auth));
      }
    }
    if (!settings.containsKey("endpoint")) throw wrong("auth.auth_url", "is missing");
    // As OpenStack's own tools do it.
    if (auth.has("project_id") && !beside.containsKey("project")) {
      settings.keySet().removeAll(Set.of("project", "projectDomain"));
    }
  }

  /** True when what is taken says the same already. */
  private static boolean isTold(String name, String value, JsonNode auth) {
    return switch (name) {
      case "application_credential_name" -> auth.has(CREDENTIAL);
      case "project_domain_id" ->
          auth.has("project_id") || isDefault(value, auth.path("project_domain_name"));
      case "user_domain_id" -> isDefault(value, auth.path("user_domain_name"));
      default -> false;
    };
  }

  /** The one domain whose name is known by its id. */
  private static boolean isDefault(String id, JsonNode name) {
    return id.equals("default") && name.asText("Default").equals("Default");
  }

  private static String instead(String name, JsonNode auth) {
    String taken = IN_PLACE_OF.get(name);
    if (taken == null) {
      return "is not known here; known are "
          + AUTH.keySet().stream().sorted().collect(Collectors.joining(", ", "auth_url, ", ""));
    }
    return auth.has(taken)
        ? "take it out: " + taken + " is taken in its place"
        : "give " + taken + " in its place";
  }

  private void checkLogIn(String type) {
    boolean credential = settings.containsKey(AUTH.get(CREDENTIAL));
    if (credential && BY_PASSWORD.contains(type)) {
      throw wrong("auth_type", "must be " + BY_CREDENTIAL + " beside " + CREDENTIAL);
    }
    if (!credential && type.equals(BY_CREDENTIAL)) throw wrong("auth." + CREDENTIAL, "is missing");
  }

  /** The file may leave the version out; its tools find it, and there is one only. */
  private String versioned(String url) {
    String bare = url.strip().replaceFirst("/+$", "");
    if (!isUrl(bare)) throw wrong("auth.auth_url", "is no URL");
    if (bare.endsWith("/v3")) return bare;
    if (bare.matches(".*/v[0-9.]+")) throw wrong("auth.auth_url", "must be that of Keystone v3");
    return bare + "/v3";
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
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
