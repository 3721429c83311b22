package io.meltemi.model.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The words with which a resource type is declared. Import them statically:
 *
 * <pre>{@code
 * kind("MachineConfiguration")
 *     .collection("machineConfigs", "machineConfigurations")
 *     .attribute(whole("memory").in("kibibyte").from(1).required().writable())
 *     .edited().deleted().added()
 *     .metering(Metering.NONE);
 * }</pre>
 */
public final class Declare {
  /** Largest count of things that are counted one by one. */
  static final long MOST_COUNT = Integer.MAX_VALUE;

  /**
   * Largest memory (KiB) or disk (kB), about 100 PB: in bytes, and in the sum of what one body can
   * hold, it still has room in 64 bits.
   */
  static final long MOST_SIZE = 100_000_000_000_000L;

  private Declare() {}

  /** Begins a resource type. */
  public static KindBuilder kind(String name) {
    return new KindBuilder(name);
  }

  public static Field text(String name) {
    return new Field(name, new Type.Text());
  }

  public static Field whole(String name) {
    return new Field(name, new Type.Whole());
  }

  public static Field bool(String name) {
    return new Field(name, new Type.Bool());
  }

  public static Field time(String name) {
    return new Field(name, new Type.Time());
  }

  public static Field span(String name) {
    return new Field(name, new Type.Span());
  }

  public static Field uri(String name) {
    return new Field(name, new Type.Uri());
  }

  public static Field hex(String name) {
    return new Field(name, new Type.Hex());
  }

  /** Whatever JSON: only for our own kinds and for values of metadata. */
  public static Field anything(String name) {
    return new Field(name, new Type.Anything());
  }

  /**
   * A reference.
   *
   * @param target name of the target's kind, or {@code any}
   */
  public static Field ref(String name, String target) {
    return new Field(name, new Type.Ref(target));
  }

  /**
   * A collection, shown as a reference.
   *
   * @param item name of the items' kind
   */
  public static Field members(String name, String item) {
    return new Field(name, new Type.Members(item));
  }

  /**
   * Keys to strings.
   *
   * @param item XML name of one entry
   */
  public static Field map(String name, String item) {
    return new Field(name, new Type.Dictionary(item));
  }

  /**
   * An array.
   *
   * @param item XML name of one item
   */
  public static Field list(String name, String item, Type type) {
    return new Field(name, new Type.Listing(type, item));
  }

  public static Field struct(String name, Type.Struct type) {
    return new Field(name, type);
  }

  /** Nested attributes which stand in XML as child elements. */
  public static Type.Struct elements(Field... fields) {
    return new Type.Struct(declared(fields), false, Optional.empty());
  }

  /** Nested attributes which stand in XML as XML attributes; lists and maps stay elements. */
  public static Type.Struct xmlAttributes(Field... fields) {
    return new Type.Struct(declared(fields), true, Optional.empty());
  }

  static List<Attribute> declared(Field... fields) {
    return Arrays.stream(fields).map(Field::declared).toList();
  }
}
