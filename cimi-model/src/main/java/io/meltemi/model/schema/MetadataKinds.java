package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.anything;
import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.uri;
import static io.meltemi.model.schema.Declare.xmlAttributes;
import static io.meltemi.model.schema.Face.CIMI_1;
import static io.meltemi.model.schema.Face.CIMI_2;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;

/** What is told about resource types. */
final class MetadataKinds {
  private static final Type.Struct CAPABILITY =
      xmlAttributes(text("name"), uri("uri").required(), text("description"), anything("value"))
          .withText("value");

  private static final Type.Struct ACTION =
      xmlAttributes(
          text("name").required(),
          uri("uri").required(),
          text("description"),
          text("method").required(),
          text("inputMessage").required(),
          text("outputMessage").required());

  private static final Type.Struct ATTRIBUTE_1 =
      xmlAttributes(
          text("name").required(),
          uri("namespace"),
          text("type"),
          bool("required"),
          list("constraints", "constraint", Declare.elements(text("value"))));

  private static final Type.Struct ATTRIBUTE_2 =
      xmlAttributes(
          text("name").required(),
          uri("namespace"),
          text("type"),
          bool("providerMandatory"),
          bool("consumerMandatory"),
          bool("mutable"),
          bool("consumerWritable"));

  /**
   * Section 5.11 of DSP0263 2.0.0; the name takes the common name's place, in 1.x after typeURI.
   */
  static final ResourceKind RESOURCE_METADATA =
      kind("ResourceMetadata")
          .only(CIMI_1, CIMI_2, Face.BROKER_1)
          .collection("resourceMetadata", "resourceMetadatas")
          .owner(Owner.HOUSE)
          .attribute(uri("typeURI").required().alias("typeUri").indexed())
          .attribute(text("name").required().indexed())
          .attribute(list("attributes", "attribute", ATTRIBUTE_1).only(CIMI_1).optional())
          .attribute(
              list("attributes", "attribute", ATTRIBUTE_2).only(CIMI_2, Face.BROKER_1).optional())
          .attribute(
              list("vscope", "vscope", new Type.Anything()).only(CIMI_2, Face.BROKER_1).optional())
          .attribute(list("capabilities", "capability", CAPABILITY).optional())
          .attribute(list("actions", "action", ACTION).optional())
          .metering(Metering.NONE);

  private MetadataKinds() {}
}
