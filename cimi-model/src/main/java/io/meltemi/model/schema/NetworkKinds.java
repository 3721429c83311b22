package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.map;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.whole;
import static io.meltemi.model.schema.Face.CIMI_1;
import static io.meltemi.model.schema.Face.CIMI_2;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;

/** Networks of both versions: those that accounts and machines show, and those ordered here. */
final class NetworkKinds {
  /**
   * Section 5.16.1 of DSP0263 2.0.0; the types of 1.x have no counterpart there. Only those that
   * were ordered here can be deleted.
   */
  static final ResourceKind NETWORK =
      kind("Network")
          .collection("networks", "networks")
          .template("NetworkTemplate")
          .owner(Owner.EITHER)
          .attribute(
              text("state")
                  .of("CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR")
                  .indexed())
          .attribute(text("networkType").of("PUBLIC", "PRIVATE").fixed().only(CIMI_1))
          .attribute(whole("mtu").in("byte").only(CIMI_1))
          .attribute(text("classOfService").of("GOLD", "SILVER", "BRONZE").only(CIMI_1))
          .attribute(members("networkPorts", "NetworkNetworkPort").only(CIMI_1))
          .attribute(members("segments", "ProtocolSegment").only(CIMI_2))
          .attribute(text("account").extension())
          .attribute(list("locations", "location", new Type.Text()).extension().optional())
          .attribute(time("observed").extension().optional())
          .attribute(text("source").extension().optional())
          .attribute(text("confidence").of("CONFIRMED", "REMEMBERED").extension().optional())
          .attribute(MachineKinds.placement().once())
          .attribute(text("location").extension().optional())
          .attribute(MachineKinds.mapping())
          .added()
          .deleted()
          .metering(Metering.INTERVALS);

  /**
   * Section 5.16.3 of DSP0263 2.0.0; 1.x per DSP8009. Neither version's template names a range of
   * addresses: {@code subnet} does.
   */
  static final ResourceKind NETWORK_TEMPLATE =
      kind("NetworkTemplate")
          .collection("networkTemplates", "networkTemplates")
          .owner(Owner.EITHER)
          .attribute(text("initialState").of("STARTED", "STOPPED").writable())
          .attribute(ref("networkConfig", "NetworkConfiguration").only(CIMI_1).writable())
          .attribute(text("subnet").extension().optional().writable())
          .attribute(MachineKinds.placement().writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** What a network shall be like, 1.x (DSP8009). */
  static final ResourceKind NETWORK_CONFIGURATION =
      kind("NetworkConfiguration")
          .only(CIMI_1)
          .collection("networkConfigs", "networkConfigurations")
          .owner(Owner.EITHER)
          .attribute(text("networkType").of("PUBLIC", "PRIVATE").writable())
          .attribute(whole("mtu").in("byte").writable())
          .attribute(text("classOfService").of("GOLD", "SILVER", "BRONZE").writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** What links a network with a machine's card, 1.x (DSP8009). */
  static final ResourceKind NETWORK_PORT =
      kind("NetworkPort")
          .only(CIMI_1)
          .collection("networkPorts", "networkPorts")
          .attribute(
              text("state")
                  .of(
                      "CREATING",
                      "STARTING",
                      "STARTED",
                      "STOPPING",
                      "STOPPED",
                      "DELETING",
                      "ERROR"))
          .attribute(ref("network", "Network").required().fixed())
          .attribute(text("portType").of("ACCESS", "TRUNK"))
          .attribute(text("classOfService").of("GOLD", "SILVER", "BRONZE"))
          .metering(Metering.NONE);

  /** A port of a network, 1.x (DSP8009): its id is derived, nothing is stored. */
  static final ResourceKind NETWORK_NETWORK_PORT =
      kind("NetworkNetworkPort")
          .only(CIMI_1)
          .below("Network", "networkPorts", "networkNetworkPorts")
          .attribute(ref("networkPort", "NetworkPort").required())
          .metering(Metering.NONE);

  /**
   * Section 5.16.15 of DSP0263 2.0.0. The standard leads to a network over endpoints and segments
   * only; {@code network} is the short way.
   */
  static final ResourceKind NETWORK_INTERFACE_TEMPLATE =
      kind("NetworkInterfaceTemplate")
          .only(CIMI_2)
          .collection("interfaceTemplates", "networkInterfaceTemplates")
          .owner(Owner.EITHER)
          .attribute(text("initialState").of("ENABLED", "DISABLED").writable())
          .attribute(ref("network", "Network").extension().required().writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** An IP address, 1.x (DSP8009). */
  static final ResourceKind ADDRESS =
      kind("Address")
          .only(CIMI_1)
          .collection("addresses", "addresses")
          .attribute(text("ip").indexed())
          .attribute(text("hostname"))
          .attribute(text("allocation").of("dynamic", "static"))
          .attribute(text("defaultGateway"))
          .attribute(list("dns", "dns", new Type.Text()))
          .attribute(text("protocol").of("IPv4", "IPv6"))
          .attribute(text("mask"))
          .attribute(ref("network", "Network"))
          .attribute(ref("resource", "any"))
          .metering(Metering.NONE);

  /** Section 5.16.5 of DSP0263 2.0.0. */
  static final ResourceKind PROTOCOL_SEGMENT =
      kind("ProtocolSegment")
          .only(CIMI_2)
          .collection("segments", "protocolSegments")
          .owner(Owner.EITHER)
          .attribute(text("state").of("CREATING", "STARTED", "STOPPED", "DELETING", "ERROR"))
          .attribute(text("protocol").of("Ethernet", "IPv4", "IPv6").required().fixed())
          .attribute(bool("noDefaultRouting"))
          .attribute(members("endpoints", "ProtocolEndpoint"))
          .attribute(map("parameters", "parameter"))
          .metering(Metering.NONE);

  /** Section 5.16.9 of DSP0263 2.0.0. */
  static final ResourceKind PROTOCOL_ENDPOINT =
      kind("ProtocolEndpoint")
          .only(CIMI_2)
          .collection("endpoints", "protocolEndpoints")
          .attribute(text("state").of("CREATING", "ENABLED", "DISABLED", "DELETING", "ERROR"))
          .attribute(text("protocol").of("Ethernet", "IPv4", "IPv6"))
          .attribute(text("address").indexed())
          .attribute(text("origin").of("STATIC", "DYNAMIC"))
          .attribute(ref("interface", "NetworkInterface"))
          .attribute(map("parameters", "parameter"))
          .metering(Metering.NONE);

  private NetworkKinds() {}
}
