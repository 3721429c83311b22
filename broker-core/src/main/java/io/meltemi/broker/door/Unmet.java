package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wishes of templates that no place carries out, by their paths in the template. */
final class Unmet {
  private static final String METADATA = "genResourceMetadata";

  private Unmet() {}

  /**
   * @param size what the template's {@code machineConfig} means
   * @param login what of its {@code credential} nobody makes anything of
   */
  static Map<String, String> ofMachine(
      JsonNode template, JsonNode size, Map<String, String> login) {
    Map<String, String> wishes = new LinkedHashMap<>(login);
    int number = 0;
    for (JsonNode disk : size.path("disks")) {
      String path = "disks[" + number++ + "].";
      for (String name : List.of("format", "initialLocation")) {
        text(wishes, path + name, disk.path(name));
      }
    }
    number = 0;
    for (JsonNode volume : template.path("volumes")) {
      String path = "volumes[" + number++ + "].credential";
      if (volume.hasNonNull("credential")) wishes.put(path, "given");
    }
    text(wishes, METADATA, template.path(METADATA).path("href"));
    return wishes;
  }

  /**
   * @param config what the template's {@code volumeConfig} means
   */
  static Map<String, String> ofVolume(JsonNode template, JsonNode config) {
    Map<String, String> wishes = new LinkedHashMap<>();
    text(wishes, "format", config.path("format"));
    text(wishes, METADATA, template.path(METADATA).path("href"));
    return wishes;
  }

  private static void text(Map<String, String> to, String path, JsonNode wish) {
    if (wish.isTextual() && !wish.textValue().isBlank()) to.put(path, wish.textValue());
  }
}
