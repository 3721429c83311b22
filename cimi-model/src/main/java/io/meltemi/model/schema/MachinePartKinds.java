package io.meltemi.model.schema;

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

/** What stands below a machine. Association types of 1.x have derived ids: nothing is stored. */
final class MachinePartKinds {
  /** Section 5.14.1.1.1 of DSP0263 2.0.0. */
  static final ResourceKind DISK =
      kind("Disk")
          .below("Machine", "disks", "disks")
          .attribute(whole("capacity").in("kilobyte"))
          .attribute(text("initialLocation").optional())
          .metering(Metering.NONE);

  /** A volume attached to a machine, 1.x (DSP8009). */
  static final ResourceKind MACHINE_VOLUME =
      kind("MachineVolume")
          .only(CIMI_1)
          .below("Machine", "volumes", "machineVolumes")
          .attribute(text("initialLocation").optional().once())
          .attribute(ref("volume", "Volume").required().once())
          .added()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.14.1.1.2 of DSP0263 2.0.0: a volume and where the machine sees it. */
  static final ResourceKind LOCATED_VOLUME =
      kind("locatedVolume")
          .only(CIMI_2)
          .below("Machine", "volumes", "locatedVolumes")
          .attribute(text("state"))
          .attribute(uri("type"))
          .attribute(whole("capacity").in("kilobyte"))
          .attribute(bool("bootable"))
          .attribute(text("initialLocation").optional())
          .operation(
              action("insert").taking(ref("volume", "Volume").required(), text("initialLocation")))
          .operation(action("remove").taking(ref("volume", "Volume").required()))
          .metering(Metering.NONE);

  /** How a machine meets a network, 1.x (DSP8009). */
  static final ResourceKind MACHINE_NETWORK_INTERFACE =
      kind("MachineNetworkInterface")
          .only(CIMI_1)
          .below("Machine", "networkInterfaces", "machineNetworkInterfaces")
          .attribute(members("addresses", "MachineNetworkInterfaceAddress"))
          .attribute(ref("network", "Network").required())
          .attribute(ref("networkPort", "NetworkPort"))
          .attribute(text("state").of("ACTIVE", "PASSIVE", "DISABLED"))
          .attribute(text("macAddress"))
          .attribute(whole("mtu").in("byte"))
          .metering(Metering.NONE);

  static final ResourceKind MACHINE_NETWORK_INTERFACE_ADDRESS =
      kind("MachineNetworkInterfaceAddress")
          .only(CIMI_1)
          .below("MachineNetworkInterface", "addresses", "machineNetworkInterfaceAddresses")
          .attribute(ref("address", "Address").required())
          .metering(Metering.NONE);

  /** Section 5.16.13 of DSP0263 2.0.0. Its endpoints are associated, not its children. */
  static final ResourceKind NETWORK_INTERFACE =
      kind("NetworkInterface")
          .only(CIMI_2)
          .below("Machine", "interfaces", "networkInterfaces")
          .attribute(text("state").of("CREATING", "ENABLED", "DISABLED", "DELETING", "ERROR"))
          .attribute(members("endpoints", "ProtocolEndpoint"))
          .attribute(whole("speed").in("bit per second"))
          .attribute(whole("mtu").in("byte"))
          .metering(Metering.NONE);

  /** A snapshot of a machine, 1.x; the schema misspells the reference (N 15). */
  static final ResourceKind MACHINE_SNAPSHOT =
      kind("MachineSnapshot")
          .only(CIMI_1)
          .below("Machine", "snapshots", "machineSnapshots")
          .attribute(ref("snapshot", "MachineImage").alias("shapshot"))
          .metering(Metering.NONE);

  private MachinePartKinds() {}
}
