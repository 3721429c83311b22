package io.meltemi.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.ResourceKind;
import java.util.Set;

/**
 * A resource as one caller may see it now, free of any wire form.
 *
 * @param id path below the face, for instance {@code machines/m1} or {@code machines/m1/disks/d1};
 *     the same in every face
 * @param generation grows with every change; the ETag
 * @param attributes values by attribute name, common attributes included but for {@code id}, {@code
 *     resourceURI} and {@code operations}. References are {@code {"href": path}} with a path like
 *     {@code id}; times are ISO 8601 with {@code Z}. Never changed after construction
 * @param operations names of what this caller may do now, for instance {@code edit}, {@code start}
 */
public record Resource(
    ResourceKind kind, String id, long generation, ObjectNode attributes, Set<String> operations) {
  public Resource {
    operations = Set.copyOf(operations);
  }
}
