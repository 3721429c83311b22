package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.MOST_SIZE;
import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.uri;
import static io.meltemi.model.schema.Declare.whole;
import static io.meltemi.model.schema.Face.CIMI_1;
import static io.meltemi.model.schema.Face.CIMI_2;
import static io.meltemi.model.schema.Operation.action;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.List;

/** Volumes, and what they are made from. Capacities are in kB (R28). */
final class VolumeKinds {
  private static final List<String> STATES_1 =
      List.of("CREATING", "AVAILABLE", "CAPTURING", "DELETING", "ERROR");

  private static final List<String> STATES_2 =
      List.of("CREATING", "AVAILABLE", "CAPTURING", "RESTORING", "DELETING", "ERROR");

  /**
   * Section 5.15.1 of DSP0263 2.0.0; 1.x per DSP8009. A volume is not resized in place, so that its
   * capacity is not writable.
   */
  static final ResourceKind VOLUME =
      kind("Volume")
          .collection("volumes", "volumes")
          .template("VolumeTemplate")
          .attribute(text("state").of(STATES_1).indexed().only(CIMI_1))
          .attribute(text("state").of(STATES_2).indexed().only(CIMI_2))
          .attribute(text("type").fixed().only(CIMI_1))
          .attribute(uri("type").fixed().only(CIMI_2))
          .attribute(whole("capacity").in("kilobyte").indexed())
          .attribute(bool("bootable"))
          .attribute(members("images", "VolumeVolumeImage").only(CIMI_1))
          .attribute(members("images", "VolumeImage").only(CIMI_2))
          .attribute(MachineKinds.placement().once())
          .attribute(text("account").extension().fixed())
          .attribute(text("location").extension())
          .attribute(text("volumeType").extension().optional())
          .attribute(MachineKinds.mapping())
          .added()
          .edited()
          .deleted()
          .operation(
              action("snapshot")
                  .only(CIMI_1)
                  .from("AVAILABLE")
                  .posting("VolumeImage")
                  .at("volumeImages"))
          .operation(action("snapshot").only(CIMI_2).from("AVAILABLE").posting("VolumeImage"))
          .metering(Metering.INTERVALS);

  /** Section 5.15.3 of DSP0263 2.0.0. */
  static final ResourceKind VOLUME_TEMPLATE =
      kind("VolumeTemplate")
          .collection("volumeTemplates", "volumeTemplates")
          .owner(Owner.EITHER)
          .attribute(ref("volumeConfig", "VolumeConfiguration").required().writable())
          .attribute(ref("volumeImage", "VolumeImage").writable())
          .attribute(ref("genResourceMetadata", "ResourceMetadata").only(CIMI_2).writable())
          .attribute(MachineKinds.placement().writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.15.5 of DSP0263 2.0.0. */
  static final ResourceKind VOLUME_CONFIGURATION =
      kind("VolumeConfiguration")
          .collection("volumeConfigs", "volumeConfigurations")
          .owner(Owner.EITHER)
          .attribute(
              uri("type")
                  .of(
                      "http://schemas.dmtf.org/cimi/1/mapped",
                      "http://schemas.dmtf.org/cimi/2/mapped")
                  .writable())
          .attribute(text("format").optional().writable())
          .attribute(
              whole("capacity")
                  .in("kilobyte")
                  .from(1)
                  .to(MOST_SIZE)
                  .required()
                  .writable()
                  .indexed())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.15.7 of DSP0263 2.0.0. */
  static final ResourceKind VOLUME_IMAGE =
      kind("VolumeImage")
          .collection("volumeImages", "volumeImages")
          .attribute(text("state").of("CREATING", "AVAILABLE", "DELETING", "ERROR").indexed())
          .attribute(uri("imageLocation").required().writable())
          .attribute(bool("bootable"))
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** An image of a volume, 1.x (DSP8009): its id is derived, nothing is stored. */
  static final ResourceKind VOLUME_VOLUME_IMAGE =
      kind("VolumeVolumeImage")
          .only(CIMI_1)
          .below("Volume", "images", "volumeVolumeImages")
          .attribute(ref("volumeImage", "VolumeImage").required())
          .metering(Metering.NONE);

  private VolumeKinds() {}
}
