package io.meltemi.model.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A resource type, declared once.
 *
 * @param name local name of the type, for instance {@code Machine}
 * @param faces where it is served
 * @param segment path segment of its collection, for instance {@code machines}; the entry point's
 *     attribute of that collection is {@code catalogue}; empty for kinds which stand only inside
 *     others, by value
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

  /**
   * The attributes of a face by name, in the order of declaration: common ones first, but for those
   * that the kind declares itself.
   */
  public Map<String, Attribute> attributes(Face face) {
    Map<String, Attribute> all = new LinkedHashMap<>();
    Common.ATTRIBUTES.stream().filter(each -> each.faces().contains(face)).forEach(put(all));
    attributes.stream().filter(each -> each.faces().contains(face)).forEach(put(all));
    return all;
  }

  private static Consumer<Attribute> put(Map<String, Attribute> all) {
    return attribute -> {
      all.remove(attribute.name());
      all.put(attribute.name(), attribute);
    };
  }

  /** The name in a sentence: a Machine, an Account. */
  public String inASentence() {
    return ("AEIO".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }

  /** True when it has resources of its own; false for what stands only inside others. */
  public boolean served() {
    return !segment.isEmpty();
  }

  /** Name of the member that carries the template in a create request (R47). */
  public Optional<String> templateMember() {
    return template.map(kind -> Character.toLowerCase(kind.charAt(0)) + kind.substring(1));
  }

  /** True when the operation is declared, in whatever face. */
  public boolean knows(String operation) {
    for (Operation each : operations) {
      if (each.name().equals(operation)) return true;
    }
    return false;
  }

  public Optional<Operation> operation(String operation, Face face) {
    for (Operation each : operations) {
      if (each.name().equals(operation) && each.faces().contains(face)) return Optional.of(each);
    }
    return Optional.empty();
  }
}
