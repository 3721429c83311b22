package io.meltemi.model.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be done with a resource or a collection, beyond reading it.
 *
 * @param name {@code edit}, {@code delete}, {@code add}, or an action's name such as {@code start}
 * @param faces where it is offered
 * @param from states which allow it; empty allows any
 * @param through state shown while it is under way; empty when the state stays
 * @param to state that shows that it is done; empty when the state stays
 * @param input parameters of an action, beside {@code properties} which every action takes
 * @param body kind of the resource that is posted instead of an Action, for instance {@code
 *     MachineImage} for capture; empty for ordinary actions
 * @param at path where it is asked for when that is not the resource itself
 */
public record Operation(
    String name,
    Set<Face> faces,
    Set<String> from,
    Optional<String> through,
    Optional<String> to,
    List<Attribute> input,
    Optional<String> body,
    Optional<String> at) {
  public Operation {
    faces = Set.copyOf(faces);
    from = Set.copyOf(from);
    input = List.copyOf(input);
  }

  /** Add, edit or delete: in every face, in any state. */
  public static Operation plain(String name) {
    return action(name);
  }

  /** An action of every face, possible in any state, until said otherwise. */
  public static Operation action(String name) {
    return new Operation(
        name,
        EnumSet.allOf(Face.class),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public Operation only(Face first, Face... more) {
    return new Operation(name, EnumSet.of(first, more), from, through, to, input, body, at);
  }

  public Operation from(String... states) {
    return new Operation(name, faces, Set.of(states), through, to, input, body, at);
  }

  public Operation through(String state) {
    return new Operation(name, faces, from, Optional.of(state), to, input, body, at);
  }

  public Operation to(String state) {
    return new Operation(name, faces, from, through, Optional.of(state), input, body, at);
  }

  public Operation taking(Field... parameters) {
    return new Operation(name, faces, from, through, to, Declare.declared(parameters), body, at);
  }

  public Operation posting(String kind) {
    return new Operation(name, faces, from, through, to, input, Optional.of(kind), at);
  }

  public Operation at(String path) {
    return new Operation(name, faces, from, through, to, input, body, Optional.of(path));
  }

  /** True for those which are an HTTP verb of their own and not an Action that is posted. */
  public boolean plain() {
    return switch (name) {
      case "add", "edit", "delete" -> true;
      default -> false;
    };
  }

  /** True for those which a collection carries out: {@code volumes/insert}. */
  public boolean ofCollection() {
    return switch (name) {
      case "add", "insert", "remove", "import" -> true;
      default -> false;
    };
  }

  /** The {@code rel} of the operation in a face: the name, or the action's URI (R42). */
  public String rel(Face face) {
    return plain() ? name : face.actionUri(name);
  }

  /**
   * Path below the face where the operation is asked for: the resource's own for edit, delete and
   * add, {@code machines/m1/start} for actions.
   *
   * @param id path of the resource or collection
   */
  public String path(String id) {
    return at.orElseGet(() -> plain() ? id : id + "/" + name);
  }

  public boolean allowedIn(String state) {
    return from.isEmpty() || from.contains(state);
  }
}
