package io.meltemi.api.handler;

import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a path of a face means; each case knows the verbs that make sense there. */
sealed interface Target {
  /** Path of the resource or collection that a request there is about. */
  String path();

  /** Verbs that the place understands, whatever the caller may do. */
  List<String> verbs();

  /** A collection. */
  record Collection(String path, ResourceKind kind) implements Target {
    @Override
    public List<String> verbs() {
      return readingAnd(kind.knows("add") ? List.of("POST") : List.of());
    }
  }

  /** A resource. */
  record Item(String path, ResourceKind kind) implements Target {
    @Override
    public List<String> verbs() {
      List<String> changing = new ArrayList<>();
      if (kind.knows("edit")) changing.add("PUT");
      if (kind.knows("delete")) changing.add("DELETE");
      return readingAnd(changing);
    }
  }

  /** Where an operation of a resource or collection is asked for. */
  record Act(String path, ResourceKind kind, Operation operation) implements Target {
    @Override
    public List<String> verbs() {
      return List.of("POST", "OPTIONS");
    }
  }

  /** Plain text that a reference of a resource leads to, such as a machine's console. */
  record Text(String path, ResourceKind kind, String attribute) implements Target {
    @Override
    public List<String> verbs() {
      return readingAnd(List.of());
    }
  }

  private static List<String> readingAnd(List<String> changing) {
    List<String> verbs = new ArrayList<>(List.of("GET", "HEAD"));
    verbs.addAll(changing);
    verbs.add("OPTIONS");
    return List.copyOf(verbs);
  }

  /** The place that a path names; empty when the face has none there. */
  static Optional<Target> at(Kinds kinds, Face face, String path) {
    String[] segments = path.split("/", -1);
    Optional<ResourceKind> kind = kinds.in(face, Optional.empty(), segments[0]);
    String so = segments[0];
    for (int index = 1; kind.isPresent(); index++) {
      ResourceKind here = kind.get();
      boolean single = here.parent().isEmpty() && here.catalogue().isEmpty();
      if (index == segments.length) {
        return Optional.of(single ? new Item(so, here) : new Collection(so, here));
      }
      if (!single) {
        Optional<Target> act = act(here, face, so, segments, index);
        if (act.isPresent()) return act;
        so += "/" + segments[index++];
      }
      if (index == segments.length) return named(segments, so, here);
      Optional<Target> end = ending(here, face, so, segments, index);
      if (end.isPresent()) return end;
      kind = kinds.in(face, Optional.of(here.name()), segments[index]);
      so += "/" + segments[index];
    }
    return Optional.empty();
  }

  private static Optional<Target> named(String[] segments, String path, ResourceKind kind) {
    return segments[segments.length - 1].isEmpty()
        ? Optional.empty()
        : Optional.of(new Item(path, kind));
  }

  /** Operations of a collection: {@code volumes/insert}. */
  private static Optional<Target> act(
      ResourceKind kind, Face face, String path, String[] segments, int index) {
    if (index != segments.length - 1) return Optional.empty();
    return kind.operation(segments[index], face)
        .filter(operation -> !operation.plain() && operation.ofCollection())
        .map(operation -> new Act(path, kind, operation));
  }

  private static Optional<Target> ending(
      ResourceKind kind, Face face, String path, String[] segments, int index) {
    if (index != segments.length - 1) return Optional.empty();
    String last = segments[index];
    Optional<Target> act =
        kind.operation(last, face)
            .filter(operation -> !operation.plain() && !operation.ofCollection())
            .map(operation -> new Act(path, kind, operation));
    if (act.isPresent()) return act;
    Attribute attribute = kind.attributes(face).get(last);
    return attribute != null && last.equals("console")
        ? Optional.of(new Text(path, kind, last))
        : Optional.empty();
  }
}
