package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Completes metadata for the face through which it is read. Inside, a ResourceMetadata says only
 * which kind it describes ({@code name}) and the capabilities ({@code name}, {@code value}): all
 * else stands in the declaration and differs between the faces.
 */
final class Describer {
  private static final String KIND = "ResourceMetadata";

  private final Kinds kinds;
  private final Face face;

  Describer(Kinds kinds, Face face) {
    this.kinds = kinds;
    this.face = face;
  }

  Resource described(Resource resource) {
    if (!resource.kind().name().equals(KIND)) {
      return resource;
    }
    Optional<ResourceKind> kind = subject(resource);
    if (kind.isEmpty()) {
      return resource;
    }
    ObjectNode document = resource.attributes().deepCopy();
    document.setAll(Metadata.of(kind.get(), face, capabilities(resource)));
    return new Resource(
        resource.kind(), resource.id(), resource.generation(), document, resource.operations());
  }

  Page described(Page page) {
    if (!page.kind().name().equals(KIND)) {
      return page;
    }
    List<Resource> items = page.items().stream().map(this::described).toList();
    return new Page(page.id(), page.parent(), page.kind(), page.count(), items, page.operations());
  }

  /** What stands in the place of references is completed too. */
  Expansion described(Expansion expansion) {
    Map<String, Resource> resources = new HashMap<>();
    Map<String, Page> pages = new HashMap<>();
    expansion.resources().forEach((path, resource) -> resources.put(path, described(resource)));
    expansion.pages().forEach((path, page) -> pages.put(path, described(page)));
    return new Expansion(expansion.attributes(), resources, pages);
  }

  private Optional<ResourceKind> subject(Resource resource) {
    return kinds.find(resource.attributes().path("name").asText());
  }

  private static Map<String, JsonNode> capabilities(Resource resource) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (JsonNode each : resource.attributes().path("capabilities")) {
      values.put(each.path("name").asText(), each.path("value"));
    }
    return values;
  }
}
