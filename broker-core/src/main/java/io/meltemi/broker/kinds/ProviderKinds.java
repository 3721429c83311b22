package io.meltemi.broker.kinds;

import static io.meltemi.model.schema.Declare.anything;
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
import static io.meltemi.model.schema.Declare.whole;
import static io.meltemi.model.schema.Declare.xmlAttributes;
import static io.meltemi.model.schema.Operation.action;

import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Field;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import io.meltemi.model.schema.Type;
import io.meltemi.pivot.Confidence;

/** Where machines come from. Sizes are in CIMI's units: memory in KiB, disks in kB. */
final class ProviderKinds {
  private static final Type.Struct AMOUNT =
      elements(
          whole("machines").in("count"),
          whole("cpu").in("count"),
          whole("memory").in("kibibyte"),
          whole("disk").in("kilobyte"),
          whole("volumes").in("count"),
          whole("networks").in("count"),
          whole("subnets").in("count"),
          whole("ports").in("count"),
          whole("addresses").in("count"));

  /** How far facts can be relied on; see {@link Confidence}. */
  static Field confidence() {
    return text("confidence").of("CONFIRMED", "ESTIMATED", "REMEMBERED").optional();
  }

  /** A kind of provider that can be reached, and what an account of it needs to be told. */
  static final ResourceKind CONNECTOR =
      kind("Connector")
          .only(Face.BROKER_1)
          .collection("connectors", "connectors")
          .owner(Owner.HOUSE)
          .attribute(
              list(
                  "settings",
                  "setting",
                  elements(
                      text("name"),
                      text("description"),
                      bool("mandatory"),
                      bool("secret"),
                      text("fallback"))))
          .metering(Metering.NONE);

  /**
   * An account at a provider. Settings which its connector declares secret are taken in and never
   * shown; {@code settingsFile} is a file of the provider's own tools that stands for settings; a
   * house account without {@code grants} serves all tenants. {@code discovered}, {@code inventory}
   * and {@code error} tell what the last discovery met, {@code confidence} how far that holds. One
   * that is DISABLED takes no new orders.
   */
  static final ResourceKind ACCOUNT =
      kind("Account")
          .only(Face.BROKER_1)
          .collection("accounts", "accounts")
          .owner(Owner.EITHER)
          .attribute(text("connector").required().once().indexed())
          .attribute(map("settings", "setting").writable())
          .attribute(text("settingsFile").once().secret())
          .attribute(text("settingsEntry").once().secret())
          .attribute(list("grants", "grant", new Type.Ref("Tenant")).writable())
          .attribute(
              struct(
                      "limits",
                      elements(
                          whole("callSeconds").from(1).to(3600).writable(),
                          whole("parallelCalls").from(1).to(1024).writable(),
                          whole("waitingCalls").from(1).to(65536).writable(),
                          whole("callsPerSecond").from(1).to(10000).writable(),
                          whole("watchMilliseconds").from(100).to(3600000).writable(),
                          whole("discoverSeconds").from(1).to(86400).writable(),
                          whole("lookSeconds").from(1).to(86400).writable(),
                          whole("longestDelaySeconds").from(1).to(86400).writable()))
                  .writable())
          .attribute(bool("house").once())
          .attribute(text("state").of("ENABLED", "DISABLED"))
          .attribute(time("discovered").optional())
          .attribute(confidence())
          .attribute(text("error").optional())
          .attribute(
              struct(
                      "inventory",
                      elements(
                          whole("places").in("count"),
                          whole("sizes").in("count"),
                          whole("images").in("count"),
                          text("source")))
                  .optional())
          .attribute(members("foreignMachines", "ForeignMachine"))
          .attribute(members("factChanges", "FactChange"))
          .added()
          .edited()
          .deleted()
          .operation(action("enable").from("DISABLED"))
          .operation(action("disable"))
          .operation(action("discover"))
          .metering(Metering.NONE);

  /**
   * A place of an account where machines can run and volumes stand, as far as its provider tells.
   */
  static final ResourceKind LOCATION =
      kind("Location")
          .only(Face.BROKER_1)
          .collection("locations", "locations")
          .owner(Owner.HOUSE)
          .attribute(ref("account", "Account"))
          .attribute(text("location"))
          .attribute(text("continent").optional())
          .attribute(text("country").optional())
          .attribute(text("site").optional())
          .attribute(text("lan").optional())
          .attribute(text("host").optional())
          .attribute(list("abilities", "ability", new Type.Text()))
          .attribute(whole("offers").in("count"))
          .attribute(time("observed"))
          .attribute(text("source").optional())
          .attribute(confidence())
          .metering(Metering.NONE);

  /**
   * A place and size where a machine may run now, or a place and type of volumes; the price of a
   * volume is that of 1,000,000 kB. A price or limit that is absent is unknown.
   */
  static final ResourceKind OFFER =
      kind("Offer")
          .only(Face.BROKER_1)
          .collection("offers", "offers")
          .owner(Owner.HOUSE)
          .attribute(text("offer"))
          .attribute(ref("account", "Account"))
          .attribute(text("connector"))
          .attribute(ref("location", "Location"))
          .attribute(text("country").optional())
          .attribute(text("size").optional())
          .attribute(text("volumeType").optional())
          .attribute(text("sort").of("MACHINE", "VOLUME", "NETWORK"))
          .attribute(struct("shape", AMOUNT))
          .attribute(struct("free", AMOUNT).optional())
          .attribute(struct("quotaLeft", AMOUNT).optional())
          .attribute(text("cpuArch").optional())
          .attribute(list("images", "image", new Type.Ref("MachineImage")))
          .attribute(list("abilities", "ability", new Type.Text()))
          .attribute(struct("price", xmlAttributes(text("perHour"), text("currency"))).optional())
          .attribute(time("observed"))
          .attribute(text("source").optional())
          .attribute(confidence())
          .metering(Metering.NONE);

  /** A member's computer. */
  static final ResourceKind NODE =
      kind("Node")
          .only(Face.BROKER_1)
          .collection("nodes", "nodes")
          .owner(Owner.HOUSE)
          .attribute(time("seen"))
          .attribute(whole("partitions").in("count"))
          .attribute(anything("report").optional())
          .metering(Metering.NONE);

  /** A token with which one node may join; shown once and used once. */
  static final ResourceKind JOIN_TOKEN =
      kind("JoinToken")
          .only(Face.BROKER_1)
          .collection("joinTokens", "joinTokens")
          .owner(Owner.HOUSE)
          .attribute(time("expires").once())
          .attribute(text("token").optional())
          .added()
          .deleted()
          .metering(Metering.NONE);

  /**
   * Something on which an account's provider and the store do not agree, at the moment of the
   * question; asking asks every provider. It can be deleted, and the provider's object with it,
   * when that is proven to be nobody's.
   */
  static final ResourceKind FINDING =
      kind("Finding")
          .only(Face.BROKER_1)
          .collection("findings", "findings")
          .owner(Owner.HOUSE)
          .attribute(text("sort").of("ORPHAN", "TWIN", "DRIFT", "UNSEEN"))
          .attribute(ref("account", "Account"))
          .attribute(text("kind").optional())
          .attribute(ref("resource", "any").optional())
          .attribute(text("handle").optional())
          .attribute(text("state").optional())
          .attribute(text("token").optional())
          .attribute(text("message"))
          .deleted()
          .metering(Metering.NONE);

  /**
   * A machine of an account that no broker made, as its provider shows it at the moment of the
   * question; or, once it was adopted, as the {@code machine} tells that stands for it.
   */
  static final ResourceKind FOREIGN_MACHINE =
      kind("ForeignMachine")
          .only(Face.BROKER_1)
          .below("Account", "foreignMachines", "foreignMachines")
          .attribute(text("handle"))
          .attribute(text("state"))
          .attribute(whole("cpu").in("count").optional())
          .attribute(whole("memory").in("kibibyte").optional())
          .attribute(list("addresses", "address", new Type.Text()).optional())
          .attribute(bool("adopted"))
          .attribute(bool("acting").optional())
          .attribute(ref("machine", "any").optional())
          .operation(action("adopt").taking(text("name"), bool("acting")))
          .operation(action("release"))
          .metering(Metering.NONE);

  /**
   * What a discovery told otherwise than what was recorded before: the fact by its way in what the
   * account has, {@code location} where it is one of a place, {@code before} unless nothing was
   * known, {@code after} unless it is told no more.
   */
  static final ResourceKind FACT_CHANGE =
      kind("FactChange")
          .only(Face.BROKER_1)
          .below("Account", "factChanges", "factChanges")
          .attribute(text("location").optional())
          .attribute(text("fact"))
          .attribute(text("before").optional())
          .attribute(text("after").optional())
          .attribute(time("time"))
          .attribute(text("source"))
          .metering(Metering.NONE);

  private ProviderKinds() {}
}
