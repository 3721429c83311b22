package io.meltemi.model.schema;

import java.util.List;
import java.util.Set;

/**
 * What can be done with a resource or a collection, beyond reading it.
 *
 * @param name {@code edit}, {@code delete}, {@code add}, or an action's name such as {@code start}
 * @param faces where it is offered
 * @param from states which allow it; empty allows any
 * @param input parameters of an action
 */
public record Operation(String name, Set<Face> faces, Set<String> from, List<Attribute> input) {
  public Operation {
    faces = Set.copyOf(faces);
    from = Set.copyOf(from);
    input = List.copyOf(input);
  }

  /** True for those which are an HTTP verb of their own and not an Action that is posted. */
  public boolean plain() {
    return switch (name) {
      case "add", "edit", "delete" -> true;
      default -> false;
    };
  }

  /** The {@code rel} of the operation in a face: the name, or the action's URI (R42). */
  public String rel(Face face) {
    return plain() ? name : face.actionUri(name);
  }

  public boolean allowedIn(String state) {
    return from.isEmpty() || from.contains(state);
  }
}
