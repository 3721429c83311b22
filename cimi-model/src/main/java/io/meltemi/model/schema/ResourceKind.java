package io.meltemi.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A resource type, declared once.
 *
 * @param name local name of the type, for instance {@code Machine}
 * @param faces where it is served
 * @param segment path segment of its collection, for instance {@code machines}; the entry point's
 *     attribute of that collection is {@code catalogue}
 * @param catalogue name of the entry point's attribute; empty for kinds which stand only below
 *     another resource
 * @param items JSON name of the items of a collection, for instance {@code machineConfigurations}
 * @param parent kind below whose resources this one stands; empty at the top
 * @param owner whose the rows are
 * @param template kind of the template from which it is created; empty when the body is the
 *     resource itself
 * @param metering how its use is measured; a kind cannot be declared without
 * @param attributes common attributes not repeated
 */
public record ResourceKind(
    String name,
    Set<Face> faces,
    String segment,
    Optional<String> catalogue,
    String items,
    Optional<String> parent,
    Owner owner,
    Optional<String> template,
    Metering metering,
    List<Attribute> attributes,
    List<Operation> operations) {

  /** Whose a row is. */
  public enum Owner {
    /** A tenant's: nobody else sees it. */
    TENANT,
    /** The house's or a tenant's. House rows are seen by those whom they are granted to. */
    EITHER,
    /** The house's only. */
    HOUSE
  }

  /** How the use of a resource is measured. */
  public enum Metering {
    /** Nothing is used up by its existence. */
    NONE,
    /** Intervals by state and size, from creation to the end. */
    INTERVALS
  }

  public ResourceKind {
    faces = Set.copyOf(faces);
    attributes = List.copyOf(attributes);
    operations = List.copyOf(operations);
  }

  /** The attributes of a face by name, in the order of declaration, common ones first. */
  public Map<String, Attribute> attributes(Face face) {
    return java.util.stream.Stream.concat(Common.ATTRIBUTES.stream(), attributes.stream())
        .filter(attribute -> attribute.faces().contains(face))
        .collect(
            Collectors.toMap(
                Attribute::name,
                Function.identity(),
                (common, own) -> own,
                java.util.LinkedHashMap::new));
  }

  public Optional<Operation> operation(String operation, Face face) {
    return operations.stream()
        .filter(each -> each.name().equals(operation) && each.faces().contains(face))
        .findFirst();
  }
}
