package io.meltemi.broker.kinds;

import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.elements;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.map;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.struct;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.whole;
import static io.meltemi.model.schema.Declare.xmlAttributes;
import static io.meltemi.model.schema.Operation.action;

import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;

/** Who uses the broker. */
final class PeopleKinds {
  /** A tenant: what it may hold, and what counts for all its orders. Its name never changes. */
  static final ResourceKind TENANT =
      kind("Tenant")
          .only(Face.BROKER_1)
          .collection("tenants", "tenants")
          .owner(Owner.HOUSE)
          .attribute(text("name").required().once().indexed())
          .attribute(
              struct(
                      "placement",
                      xmlAttributes(
                          text("policy").writable(),
                          text("rules").writable(),
                          map("terms", "term").writable()))
                  .writable())
          .attribute(
              struct(
                      "quota",
                      elements(
                          whole("machines").in("count").from(0).writable(),
                          whole("cpu").in("count").from(0).writable(),
                          whole("memory").in("kibibyte").from(0).writable(),
                          whole("disk").in("kilobyte").from(0).writable(),
                          whole("volumes").in("count").from(0).writable()))
                  .writable())
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** A user and the tenants it belongs to. Its name never changes; its password is never shown. */
  static final ResourceKind USER =
      kind("User")
          .only(Face.BROKER_1)
          .collection("users", "users")
          .owner(Owner.HOUSE)
          .attribute(text("name").required().once().indexed())
          .attribute(text("password").writable().secret())
          .attribute(bool("operator").writable())
          .attribute(bool("disabled").writable())
          .attribute(
              list(
                      "memberships",
                      "membership",
                      elements(
                          ref("tenant", "Tenant").required().writable(),
                          text("role").of("ADMIN", "MEMBER", "READER").required().writable()))
                  .writable())
          .added()
          .edited()
          .deleted()
          .operation(action("changepassword").taking(text("password").required().secret()))
          .metering(Metering.NONE);

  /** A token with which a program acts for a user in one tenant; its text is shown once. */
  static final ResourceKind API_TOKEN =
      kind("ApiToken")
          .only(Face.BROKER_1)
          .collection("apiTokens", "apiTokens")
          .attribute(ref("user", "User"))
          .attribute(text("role").of("ADMIN", "MEMBER", "READER").once())
          .attribute(bool("operator").once())
          .attribute(time("expires").once())
          .attribute(text("token").optional())
          .added()
          .deleted()
          .metering(Metering.NONE);

  private PeopleKinds() {}
}
