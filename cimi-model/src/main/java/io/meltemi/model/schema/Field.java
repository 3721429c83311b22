package io.meltemi.model.schema;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An attribute while it is declared: of all faces, changed by the provider only, until said
 * otherwise. Started by {@link Declare}.
 */
public final class Field {
  private final String name;
  private final Type type;
  private Set<Face> faces = EnumSet.allOf(Face.class);
  private Optional<String> unit = Optional.empty();
  private List<String> allowed = List.of();
  private boolean providerMandatory = true;
  private boolean consumerMandatory;
  private boolean mutable = true;
  private boolean consumerWritable;
  private boolean settableAtCreate;
  private Optional<Long> least = Optional.empty();
  private Optional<Long> most = Optional.empty();
  private boolean indexed;
  private boolean secret;
  private boolean sealed;
  private Optional<String> extension = Optional.empty();
  private final Map<String, String> shownAs = new HashMap<>();
  private final Set<String> aliases = new HashSet<>();
  private boolean inline;
  private boolean spread;
  private boolean trailing;
  private String otherwise = "";

  Field(String name, Type type) {
    this.name = name;
    this.type = type;
  }

  /** Known in these faces only. */
  public Field only(Face first, Face... more) {
    faces = EnumSet.of(first, more);
    return this;
  }

  /** Known in these faces only. */
  Field only(Set<Face> some) {
    faces = Set.copyOf(some);
    return this;
  }

  /** Counted in this unit. */
  public Field in(String name) {
    unit = Optional.of(name);
    return this;
  }

  /** These values and no other. */
  public Field of(String... values) {
    allowed = List.of(values);
    return this;
  }

  /** These values and no other. */
  public Field of(List<String> values) {
    allowed = List.copyOf(values);
    return this;
  }

  /** The provider may leave it out although it has a value. */
  public Field optional() {
    providerMandatory = false;
    return this;
  }

  /** The consumer has to give it. */
  public Field required() {
    consumerMandatory = true;
    return this;
  }

  /** The consumer may give it at creation and change it later. */
  public Field writable() {
    consumerWritable = true;
    settableAtCreate = true;
    return this;
  }

  /** The consumer may give it at creation; afterwards nobody changes it. */
  public Field once() {
    settableAtCreate = true;
    mutable = false;
    return this;
  }

  /** Never changes once it has a value. */
  public Field fixed() {
    mutable = false;
    return this;
  }

  /** At least this number. */
  public Field from(long number) {
    least = Optional.of(number);
    return this;
  }

  /** At most this number. */
  public Field to(long number) {
    most = Optional.of(number);
    return this;
  }

  /** Filter and order use an index. */
  public Field indexed() {
    indexed = true;
    return this;
  }

  /** Taken in, stored encrypted, never shown. */
  public Field secret() {
    secret = true;
    sealed = true;
    return this;
  }

  /** Stored encrypted, and shown to whoever sees the resource. */
  public Field sealed() {
    sealed = true;
    return this;
  }

  /** Not CIMI's but ours: stands in the broker's namespace. */
  public Field extension() {
    extension = Optional.of(Face.BROKER_1.namespace());
    return this;
  }

  /** A value that these faces do not know, and what they show instead. */
  public Field showing(String value, String instead) {
    shownAs.put(value, instead);
    return this;
  }

  /** Read under this name too, never written. */
  public Field alias(String other) {
    aliases.add(other);
    return this;
  }

  /** A reference whose {@code href} stands directly in the struct that holds it. */
  public Field inline() {
    inline = true;
    return this;
  }

  /** The same, and what is given by value beside or instead of the {@code href}. */
  public Field spread() {
    inline = true;
    spread = true;
    return this;
  }

  /** 1.x XML wants it after the operations. */
  public Field trailing() {
    trailing = true;
    return this;
  }

  /** Shown inside a struct that has no value for it, where a face demands one. */
  public Field otherwise(String text) {
    otherwise = text;
    return this;
  }

  /** The attribute as declared so far. */
  public Attribute declared() {
    return new Attribute(
        name,
        type,
        faces,
        unit,
        allowed,
        providerMandatory,
        consumerMandatory,
        mutable,
        consumerWritable,
        settableAtCreate,
        least,
        most,
        indexed,
        secret,
        sealed,
        extension,
        new Attribute.Shape(shownAs, aliases, inline, spread, trailing, otherwise));
  }
}
