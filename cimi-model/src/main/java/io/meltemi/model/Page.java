package io.meltemi.model;

import io.meltemi.model.schema.ResourceKind;
import java.util.List;
import java.util.Set;

/**
 * A collection, or a part of it.
 *
 * @param id path below the face, for instance {@code machines} or {@code machines/m1/disks}
 * @param parent path of the resource that owns the collection; {@code cloudEntryPoint} at the top
 * @param kind of the items
 * @param count items which match the filter, before the range was cut (R30)
 * @param items in order
 * @param operations names of what this caller may do with the collection: {@code add}
 */
public record Page(
    String id,
    String parent,
    ResourceKind kind,
    long count,
    List<Resource> items,
    Set<String> operations) {
  public Page {
    items = List.copyOf(items);
    operations = Set.copyOf(operations);
  }

  /**
   * The same page as one of another kind: below one path the two versions may show items of two
   * kinds, and who reads knows which.
   */
  public Page as(ResourceKind other) {
    return new Page(id, parent, other, count, items, operations);
  }
}
