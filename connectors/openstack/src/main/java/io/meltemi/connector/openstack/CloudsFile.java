package io.meltemi.connector.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code clouds.yaml}, the file of OpenStack's own tools. */
final class CloudsFile {
  private CloudsFile() {}

  /**
   * An account's settings from one of its clouds.
   *
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
    return CloudEntry.settings("clouds." + name, clouds.path(name), beside);
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
}
