package io.meltemi.webapp.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON as a consumer reads it. */
record JsonSeen(JsonNode node) implements Seen {
  @Override
  public String type() {
    return text("resourceURI");
  }

  @Override
  public String text(String member) {
    return node.path(member).asText("");
  }

  @Override
  public Optional<String> link(String member) {
    return Optional.ofNullable(node.path(member).path("href").textValue());
  }

  @Override
  public Optional<String> operation(String rel) {
    for (JsonNode operation : node.path("operations")) {
      String name = operation.path("rel").asText();
      if (name.equals(rel) || name.endsWith("/action/" + rel)) {
        return Optional.of(operation.path("href").asText());
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Seen> items(String member, String element) {
    List<Seen> items = new ArrayList<>();
    node.path(member).forEach(item -> items.add(new JsonSeen(item)));
    return items;
  }
}
