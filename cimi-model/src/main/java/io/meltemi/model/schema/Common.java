package io.meltemi.model.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attributes that every resource has (DSP0263 2.0.0, Table 5). {@code id} is not among them. */
public final class Common {
  private static final Set<Face> ALL = EnumSet.allOf(Face.class);
  private static final Set<Face> NEW = EnumSet.of(Face.CIMI_2, Face.BROKER_1);

  /** In the order in which the 1.x schema wants them. */
  public static final List<Attribute> ATTRIBUTES =
      List.of(
          common("name", new Type.Text(), ALL, true, true, true),
          common("description", new Type.Text(), ALL, true, true, false),
          common("created", new Type.Time(), ALL, false, false, true),
          common("updated", new Type.Time(), ALL, false, false, true),
          common("parent", new Type.Ref("any"), NEW, true, false, false),
          common("properties", new Type.Dictionary("property"), ALL, false, true, false),
          common("resourceMetadata", new Type.Ref("ResourceMetadata"), NEW, false, false, false));

  private Common() {}

  private static Attribute common(
      String name,
      Type type,
      Set<Face> faces,
      boolean provider,
      boolean writable,
      boolean indexed) {
    return new Attribute(
        name,
        type,
        faces,
        Optional.empty(),
        List.of(),
        provider,
        false,
        !name.equals("created"),
        writable,
        writable,
        Optional.empty(),
        indexed,
        false,
        Optional.empty());
  }
}
