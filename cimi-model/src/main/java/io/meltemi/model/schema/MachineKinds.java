package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.MOST_COUNT;
import static io.meltemi.model.schema.Declare.MOST_SIZE;
import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.elements;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.map;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.struct;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.uri;
import static io.meltemi.model.schema.Declare.whole;
import static io.meltemi.model.schema.Declare.xmlAttributes;
import static io.meltemi.model.schema.Face.CIMI_1;
import static io.meltemi.model.schema.Face.CIMI_2;
import static io.meltemi.model.schema.Operation.action;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.ArrayList;
import java.util.List;

/** Machines, and what they are made from. Memory is in KiB, capacities are in kB (R28). */
final class MachineKinds {
  private static final List<String> ARCHITECTURES =
      List.of(
          "68000",
          "Alpha",
          "ARM",
          "Itanium",
          "MIPS",
          "PA_RISC",
          "POWER",
          "PowerPC",
          "x86",
          "x86_64",
          "z/Architecture",
          "SPARC");

  private static final List<String> STATES_1 =
      List.of(
          "CREATING",
          "STARTING",
          "STARTED",
          "STOPPING",
          "STOPPED",
          "PAUSING",
          "PAUSED",
          "SUSPENDING",
          "SUSPENDED",
          "CAPTURING",
          "RESTORING",
          "DELETING",
          "ERROR");

  /** States which end only by an operation. */
  private static final String[] STABLE = {"STARTED", "STOPPED", "PAUSED", "SUSPENDED"};

  /**
   * Where the resource may or shall run (namespace of the broker): the policy that ranks, the set
   * of rules that judges, and terms such as {@code countries = DE FR}, whose words the broker lists
   * in the metadata.
   */
  static Field placement() {
    return struct("placement", xmlAttributes(text("policy"), text("rules"), map("terms", "term")))
        .extension()
        .optional();
  }

  /** How each attribute of the order was carried to the place (namespace of the broker). */
  static Field mapping() {
    return list(
            "mapping",
            "mapped",
            xmlAttributes(
                text("attribute"),
                text("fidelity").of("EXACT", "APPROXIMATED", "DROPPED"),
                text("wanted"),
                text("given").optional(),
                text("surplus").optional()))
        .extension()
        .optional();
  }

  /**
   * Section 5.14.1 of DSP0263 2.0.0; 1.x per DSP8009. A machine is not resized in place, so that
   * its size is not writable. From-states are those of the standard where it names them.
   */
  static final ResourceKind MACHINE =
      kind("Machine")
          .collection("machines", "machines")
          .template("MachineTemplate")
          .attribute(text("state").of(STATES_1).showing("FAILED", "ERROR").indexed().only(CIMI_1))
          .attribute(text("state").of(plus(STATES_1, "FAILED")).indexed().only(CIMI_2))
          .attribute(whole("cpu").in("count").indexed())
          .attribute(whole("memory").in("kibibyte").indexed())
          .attribute(members("disks", "Disk"))
          .attribute(text("cpuArch").of(ARCHITECTURES))
          .attribute(whole("cpuSpeed").in("megahertz"))
          .attribute(members("volumes", "MachineVolume").only(CIMI_1))
          .attribute(members("volumes", "locatedVolume").only(CIMI_2))
          .attribute(members("networkInterfaces", "MachineNetworkInterface").only(CIMI_1))
          .attribute(members("interfaces", "NetworkInterface").only(CIMI_2))
          .attribute(ref("latestSnapshot", "MachineImage").optional())
          .attribute(members("snapshots", "MachineSnapshot").only(CIMI_1))
          .attribute(members("snapshots", "MachineImage").only(CIMI_2))
          .attribute(placement().once())
          .attribute(text("account").extension().fixed())
          .attribute(text("location").extension())
          .attribute(bool("adopted").extension().optional())
          .attribute(
              list(
                      "endpoints",
                      "endpoint",
                      xmlAttributes(
                          whole("guestPort").from(1).to(65535),
                          text("protocol"),
                          text("host"),
                          whole("port").from(1).to(65535)))
                  .extension())
          .attribute(map("providerAttributes", "providerAttribute").extension().optional())
          .attribute(ref("console", "any").extension().optional())
          .attribute(mapping())
          .added()
          .edited()
          .deleted()
          .operation(
              action("start")
                  .from("STOPPED", "PAUSED", "SUSPENDED")
                  .through("STARTING")
                  .to("STARTED"))
          .operation(
              action("stop")
                  .from("STARTED", "PAUSED", "STOPPING")
                  .through("STOPPING")
                  .to("STOPPED")
                  .taking(bool("force")))
          .operation(
              action("restart")
                  .from("STARTED", "STOPPED")
                  .through("STOPPING")
                  .to("STARTED")
                  .taking(bool("force")))
          .operation(action("pause").from("STARTED").through("PAUSING").to("PAUSED"))
          .operation(
              action("connectvolume")
                  .only(CIMI_2)
                  .from("STARTED", "STOPPED")
                  .taking(ref("volume", "Volume").required(), text("initialLocation")))
          .operation(action("suspend").from("STARTED").through("SUSPENDING").to("SUSPENDED"))
          .operation(
              action("capture")
                  .only(CIMI_1)
                  .from(STABLE)
                  .posting("MachineImage")
                  .at("machineImages"))
          .operation(action("capture").only(CIMI_2).from(STABLE).posting("MachineImage"))
          .operation(
              action("snapshot")
                  .only(CIMI_1)
                  .from(STABLE)
                  .posting("MachineImage")
                  .at("machineImages"))
          .operation(action("snapshot").only(CIMI_2).from(STABLE).posting("MachineImage"))
          .operation(
              action("restore")
                  .from(STABLE)
                  .through("RESTORING")
                  .taking(ref("image", "MachineImage").required()))
          .metering(Metering.INTERVALS);

  /**
   * Section 5.14.3 of DSP0263 2.0.0. In 1.x the {@code href} of a volume, and a volume template
   * whole, stand directly in their entries. Interfaces are kept in the words of 2.0; those of 1.x
   * follow from them. Both versions know only addresses that are there already: {@code
   * floatingAddress} asks for one that is lent, {@code floatingAddressOptional} where it can be.
   */
  static final ResourceKind MACHINE_TEMPLATE =
      kind("MachineTemplate")
          .collection("machineTemplates", "machineTemplates")
          .owner(Owner.EITHER)
          .attribute(
              text("initialState").of("STARTED", "STOPPED", "PAUSED", "SUSPENDED").writable())
          .attribute(ref("machineConfig", "MachineConfiguration").required().writable())
          .attribute(ref("machineImage", "MachineImage").writable())
          .attribute(ref("credential", "Credential").writable())
          .attribute(
              list(
                      "volumes",
                      "volume",
                      xmlAttributes(
                          ref("volume", "Volume").required().writable().inline(),
                          text("initialLocation").writable()))
                  .only(CIMI_1)
                  .writable())
          .attribute(
              list(
                      "volumes",
                      "volume",
                      elements(
                          text("initialLocation").writable(),
                          ref("credential", "Credential").writable(),
                          ref("volume", "Volume").required().writable()))
                  .only(CIMI_2)
                  .writable())
          .attribute(
              list(
                      "volumeTemplates",
                      "volumeTemplate",
                      xmlAttributes(
                          ref("volumeTemplate", "VolumeTemplate").required().writable().spread(),
                          text("initialLocation").writable()))
                  .only(CIMI_1)
                  .writable())
          .attribute(
              list(
                      "volumeTemplates",
                      "volumeTemplate",
                      elements(
                          text("initialLocation").writable(),
                          ref("volumeTemplate", "VolumeTemplate").required().writable()))
                  .only(CIMI_2)
                  .writable())
          .attribute(
              list(
                      "networkInterfaces",
                      "networkInterface",
                      elements(
                          ref("network", "Network").required().writable(),
                          text("state").of("ACTIVE").writable()))
                  .only(CIMI_1)
                  .writable())
          .attribute(
              list(
                      "interfaceTemplates",
                      "interfaceTemplate",
                      new Type.Ref("NetworkInterfaceTemplate"))
                  .only(CIMI_2)
                  .writable())
          .attribute(bool("floatingAddress").extension().optional().writable())
          .attribute(bool("floatingAddressOptional").extension().optional().writable())
          .attribute(text("userData").writable().sealed())
          .attribute(ref("genResourceMetadata", "ResourceMetadata").only(CIMI_2).writable())
          .attribute(placement().writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.14.5 of DSP0263 2.0.0. The schema of 1.x demands a format of every disk. */
  static final ResourceKind MACHINE_CONFIGURATION =
      kind("MachineConfiguration")
          .collection("machineConfigs", "machineConfigurations")
          .owner(Owner.EITHER)
          .attribute(
              whole("cpu").in("count").from(1).to(MOST_COUNT).required().writable().indexed())
          .attribute(
              whole("memory").in("kibibyte").from(1).to(MOST_SIZE).required().writable().indexed())
          .attribute(
              list(
                      "disks",
                      "disk",
                      elements(
                          whole("capacity")
                              .in("kilobyte")
                              .from(1)
                              .to(MOST_SIZE)
                              .required()
                              .writable(),
                          text("format").writable().only(CIMI_1).otherwise("unformatted"),
                          text("format").writable().only(CIMI_2),
                          text("initialLocation").writable()))
                  .writable())
          .attribute(text("cpuArch").of(ARCHITECTURES).writable())
          .attribute(whole("cpuSpeed").in("megahertz").from(1).to(MOST_COUNT).writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.14.7 of DSP0263 2.0.0. Those that were discovered show who told of them and when. */
  static final ResourceKind MACHINE_IMAGE =
      kind("MachineImage")
          .collection("machineImages", "machineImages")
          .owner(Owner.EITHER)
          .attribute(text("state").of("CREATING", "AVAILABLE", "DELETING", "ERROR").indexed())
          .attribute(
              text("type").of("IMAGE", "SNAPSHOT", "PARTIAL_SNAPSHOT").required().once().indexed())
          .attribute(uri("imageLocation").required().writable())
          .attribute(ref("relatedImage", "MachineImage"))
          .attribute(time("observed").extension().optional())
          .attribute(text("source").extension().optional())
          .attribute(text("confidence").of("CONFIRMED", "REMEMBERED").extension().optional())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  private MachineKinds() {}

  private static List<String> plus(List<String> values, String more) {
    List<String> all = new ArrayList<>(values);
    all.add(more);
    return all;
  }
}
