package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.map;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;

import java.util.List;

/** Attributes that every resource has (DSP0263 2.0.0, Table 5). {@code id} is not among them. */
public final class Common {
  /** In the order in which the 1.x schema wants them. */
  public static final List<Attribute> ATTRIBUTES =
      Declare.declared(
          text("name").writable().indexed(),
          text("description").writable(),
          time("created").optional().fixed().indexed(),
          time("updated").optional().indexed(),
          ref("parent", "any").only(Face.CIMI_2, Face.BROKER_1),
          map("properties", "property").optional().writable(),
          ref("resourceMetadata", "ResourceMetadata").only(Face.CIMI_2, Face.BROKER_1).optional());

  private Common() {}
}
