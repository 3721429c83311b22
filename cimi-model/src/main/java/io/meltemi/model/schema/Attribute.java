package io.meltemi.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attribute of a resource type; made by {@link Declare}. The four constraints are those of
 * DSP0263 2.0.0, 5.3 (R79).
 *
 * @param faces where it is known
 * @param unit for instance {@code kibibyte}
 * @param allowed all permitted values; empty permits any
 * @param settableAtCreate may be given at creation although it is not writable afterwards
 * @param least smallest permitted number
 * @param most largest permitted number
 * @param indexed filter and order use an index
 * @param secret taken in, stored encrypted, never shown
 * @param sealed stored encrypted, and shown to whoever sees the resource
 * @param extension namespace of an attribute that CIMI does not define
 * @param shape what is particular about its form on the wire
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
    Optional<Long> most,
    boolean indexed,
    boolean secret,
    boolean sealed,
    Optional<String> extension,
    Shape shape) {

  /**
   * What is particular about the form of an attribute on the wire.
   *
   * @param shownAs values which a face does not know, and what is shown instead
   * @param aliases names under which it is also read, never written
   * @param inline true for a reference in a struct whose {@code href} stands directly in the struct
   * @param spread true when the values beside that {@code href} stand directly in the struct too
   * @param trailing true when 1.x XML wants it after the operations
   * @param otherwise shown inside a struct that has no value; empty leaves it out
   */
  public record Shape(
      Map<String, String> shownAs,
      Set<String> aliases,
      boolean inline,
      boolean spread,
      boolean trailing,
      String otherwise) {
    /** Nothing particular. */
    public static final Shape PLAIN = new Shape(Map.of(), Set.of(), false, false, false, "");

    public Shape {
      shownAs = Map.copyOf(shownAs);
      aliases = Set.copyOf(aliases);
    }
  }

  public Attribute {
    faces = Set.copyOf(faces);
    allowed = List.copyOf(allowed);
  }

  /** An attribute of all faces, not writable, neither mandatory nor indexed. */
  public static Attribute of(String name, Type type) {
    return new Field(name, type).declared();
  }

  /** True when a consumer may give it when the resource is created. */
  public boolean givenAtCreate() {
    return consumerWritable || settableAtCreate;
  }
}
