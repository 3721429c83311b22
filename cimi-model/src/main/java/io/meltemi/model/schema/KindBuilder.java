package io.meltemi.model.schema;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A resource type while it is declared: of both CIMI faces and a tenant's until said otherwise. */
public final class KindBuilder {
  private final String name;
  private Set<Face> faces = EnumSet.of(Face.CIMI_1, Face.CIMI_2);
  private String segment = "";
  private Optional<String> catalogue = Optional.empty();
  private String items = "";
  private Optional<String> parent = Optional.empty();
  private Owner owner = Owner.TENANT;
  private Optional<String> template = Optional.empty();
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  KindBuilder(String name) {
    this.name = name;
  }

  /** Served in these faces only. */
  public KindBuilder only(Face first, Face... more) {
    faces = EnumSet.of(first, more);
    return this;
  }

  /**
   * Stands in a collection of the entry point.
   *
   * @param attribute name of the entry point's attribute, and the path's segment
   * @param items JSON name of the items
   */
  public KindBuilder collection(String attribute, String items) {
    this.segment = attribute;
    this.catalogue = Optional.of(attribute);
    this.items = items;
    return this;
  }

  /**
   * Stands in a collection below another resource.
   *
   * @param parent name of the other resource's kind
   * @param attribute name of the other resource's attribute, and the path's segment
   * @param items JSON name of the items
   */
  public KindBuilder below(String parent, String attribute, String items) {
    this.parent = Optional.of(parent);
    this.segment = attribute;
    this.items = items;
    return this;
  }

  /** There is one only, at this path. */
  public KindBuilder single(String path) {
    this.segment = path;
    return this;
  }

  public KindBuilder owner(Owner who) {
    owner = who;
    return this;
  }

  /** Created from a template of this kind (R47). */
  public KindBuilder template(String kind) {
    template = Optional.of(kind);
    return this;
  }

  public KindBuilder attribute(Field field) {
    attributes.add(field.declared());
    return this;
  }

  public KindBuilder attributes(List<Attribute> more) {
    attributes.addAll(more);
    return this;
  }

  /** The collection takes new ones. */
  public KindBuilder added() {
    return operation(Operation.plain("add"));
  }

  public KindBuilder edited() {
    return operation(Operation.plain("edit"));
  }

  public KindBuilder deleted() {
    return operation(Operation.plain("delete"));
  }

  public KindBuilder operation(Operation operation) {
    operations.add(operation);
    return this;
  }

  /** Ends the declaration with the one decision that nobody may forget. */
  public ResourceKind metering(Metering metering) {
    return new ResourceKind(
        name,
        faces,
        segment,
        catalogue,
        items,
        parent,
        owner,
        template,
        metering,
        attributes,
        operations);
  }
}
