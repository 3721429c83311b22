package io.meltemi.model.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attribute of a resource type. The four constraints are those of DSP0263 2.0.0, 5.3 (R79).
 *
 * @param faces where it is known
 * @param unit for instance {@code kibibyte}
 * @param allowed all permitted values; empty permits any
 * @param settableAtCreate may be given at creation although it is not writable afterwards
 * @param least smallest permitted number
 * @param indexed filter and order use an index
 * @param secret taken in, stored encrypted, never shown
 * @param extension namespace of an attribute that CIMI does not define
 */
public record Attribute(
    String name,
    Type type,
    Set<Face> faces,
    Optional<String> unit,
    List<String> allowed,
    boolean providerMandatory,
    boolean consumerMandatory,
    boolean mutable,
    boolean consumerWritable,
    boolean settableAtCreate,
    Optional<Long> least,
    boolean indexed,
    boolean secret,
    Optional<String> extension) {

  public Attribute {
    faces = Set.copyOf(faces);
    allowed = List.copyOf(allowed);
  }

  /** An attribute of all faces, not writable, neither mandatory nor indexed. */
  public static Attribute of(String name, Type type) {
    return new Attribute(
        name,
        type,
        EnumSet.allOf(Face.class),
        Optional.empty(),
        List.of(),
        true,
        false,
        true,
        false,
        false,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }
}
