package io.meltemi.webapp.checklist;

import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * A verb at a path.
 *
 * @param path with {@code {id1}} and so on for what varies
 */
record Route(String verb, String path) implements Comparable<Route> {
  private static final Kinds KINDS = BrokerKinds.all();

  /** The collection at the top, for instance {@code cimi/2/machines}. */
  String top() {
    int at = path.indexOf("/{");
    return at < 0 ? path : path.substring(0, at);
  }

  /** The last segment of {@link #top()}, for instance {@code machines}. */
  String collection() {
    return top().substring(top().lastIndexOf('/') + 1);
  }

  boolean namesSomething() {
    return path.contains("{id1}");
  }

  /** True for operations of one resource or of a collection below one, such as start. */
  boolean isAction() {
    return operation().isPresent();
  }

  /** What is asked for here; empty where a verb says it all. */
  Optional<Operation> operation() {
    if (!verb.equals("POST")) return Optional.empty();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return kind().operation(last, face()).filter(operation -> !operation.plain());
  }

  Face face() {
    return Arrays.stream(Face.values())
        .filter(face -> ("/" + path).startsWith(face.path()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no face has " + path));
  }

  /** The kind of what stands here, or of what the collection here holds. */
  ResourceKind kind() {
    Optional<ResourceKind> kind = Optional.empty();
    for (String segment : path.replaceFirst("^[a-z]+/\\d/", "").split("/")) {
      Optional<ResourceKind> below = KINDS.in(face(), kind.map(ResourceKind::name), segment);
      if (below.isPresent()) kind = below;
    }
    return kind.orElseThrow(() -> new AssertionError("no kind is at " + path));
  }

  /** The path with ids: the first, and any for what stands below. */
  String at(String id) {
    return at(id, "1");
  }

  String at(String id, String below) {
    return path.replace("{id1}", id).replaceAll("\\{id\\d}", below);
  }

  @Override
  public int compareTo(Route other) {
    return (path + " " + verb).compareTo(other.path + " " + other.verb);
  }

  @Override
  public String toString() {
    return verb + " " + path;
  }
}
