package io.meltemi.model.schema;

import java.util.List;
import java.util.Optional;

/** The type of an attribute's value (DSP0263 2.0.0, 5.5). */
public sealed interface Type {
  /** JSON string. */
  record Text() implements Type {}

  /** JSON number without fraction, 64 bits. */
  record Whole() implements Type {}

  /** {@code true} or {@code false}. */
  record Bool() implements Type {}

  /** {@code xs:dateTime}; JSON string. */
  record Time() implements Type {}

  /** {@code xs:duration}; JSON string. */
  record Span() implements Type {}

  /** {@code xs:anyURI}; JSON string. */
  record Uri() implements Type {}

  /** {@code xs:hexBinary}; JSON string of hexadecimal digits. */
  record Hex() implements Type {}

  /**
   * Reference to a resource, or the resource by value.
   *
   * @param target kind's name; {@code any} for the reference to anything
   */
  record Ref(String target) implements Type {}

  /**
   * A collection, always shown as a reference (R31).
   *
   * @param item name of the items' kind
   */
  record Members(String item) implements Type {}

  /**
   * Ordered, left out when empty.
   *
   * @param itemName XML name of one item
   */
  record Listing(Type item, String itemName) implements Type {}

  /**
   * Keys to strings, left out when empty.
   *
   * @param itemName XML name of one entry
   */
  record Dictionary(String itemName) implements Type {}

  /**
   * Nested attributes.
   *
   * @param xmlAttributes true when simple sub-attributes are XML attributes, false when child
   *     elements
   * @param text name of the sub-attribute that is the XML element's text
   */
  record Struct(List<Attribute> fields, boolean xmlAttributes, Optional<String> text)
      implements Type {
    public Struct {
      fields = List.copyOf(fields);
    }

    public Struct(List<Attribute> fields, boolean xmlAttributes) {
      this(fields, xmlAttributes, Optional.empty());
    }

    /** The same with one sub-attribute as the XML element's text. */
    public Struct withText(String field) {
      return new Struct(fields, xmlAttributes, Optional.of(field));
    }
  }

  /** Whatever JSON; only of our own extension attributes and of metadata values. */
  record Anything() implements Type {}
}
