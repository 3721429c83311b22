package io.meltemi.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.util.Set;

/**
 * The broker's one door. Paths are those of {@link Resource#id}; bodies are decoded attributes with
 * references as paths. Everything that a consumer can do wrong is a {@link
 * io.meltemi.model.ProblemException} and changes nothing; what a caller may not see does not exist
 * for it (404).
 */
public interface Broker {
  /** All resource types that are served. */
  Kinds kinds();

  /** Reads one resource. */
  Resource read(Caller caller, String id);

  /**
   * Reads a collection.
   *
   * @param collection path, for instance {@code machines} or {@code machines/m1/disks}
   */
  Page list(Caller caller, String collection, Query query);

  /**
   * Creates a resource in a collection.
   *
   * @param body attributes of the resource or, for kinds with a template, {@code name}, {@code
   *     description}, {@code properties}, extensions, and the template under its member's name (for
   *     instance {@code machineTemplate}), by value, by {@code href}, or by {@code href} with
   *     overrides; a JSON null beside {@code href} erases (R47 to R51)
   */
  Reply create(Caller caller, String collection, ObjectNode body, Intent intent);

  /**
   * Changes a resource (R57 to R59).
   *
   * @param only names of the attributes that change; empty for a full update, where what is left
   *     out is removed
   */
  Reply update(Caller caller, String id, ObjectNode body, Set<String> only, Intent intent);

  Reply delete(Caller caller, String id, Intent intent);

  /**
   * Carries out an operation other than add, edit and delete.
   *
   * @param operation name, for instance {@code start}
   * @param input the action's parameters
   */
  Reply act(Caller caller, String id, String operation, ObjectNode input, Intent intent);
}
