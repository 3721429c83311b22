package io.meltemi.broker.kinds;

import static io.meltemi.model.schema.Declare.bool;
import static io.meltemi.model.schema.Declare.elements;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.struct;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.whole;

import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import io.meltemi.model.schema.Type;

/** How places are chosen. */
final class PlacementKinds {
  /**
   * Why one rule refuses an offer: what was wanted, what was there, how old the fact is, and how
   * far it could be relied on when the order was judged.
   */
  private static final Type.Struct REFUSAL =
      elements(
          text("rule"),
          text("wanted"),
          text("offered"),
          text("remedy"),
          time("factTime"),
          text("age"),
          ProviderKinds.confidence());

  /**
   * Where an order was placed, or why nowhere. Score is a decimal text from 0 to 1, so that no
   * digit is lost.
   */
  static final ResourceKind DECISION =
      kind("Decision")
          .only(Face.BROKER_1)
          .collection("decisions", "decisions")
          .attribute(text("outcome").of("PLACED", "REFUSED").indexed())
          .attribute(text("policy").indexed())
          .attribute(text("rules"))
          .attribute(whole("catalogue"))
          .attribute(whole("seed"))
          .attribute(ref("resource", "any").optional())
          .attribute(
              struct(
                  "order",
                  elements(
                      text("name"),
                      whole("cpu").in("count"),
                      whole("memory").in("kibibyte"),
                      whole("disk").in("kilobyte"),
                      text("cpuArch"),
                      whole("volumes").in("count"),
                      list("networks", "network", new Type.Ref("Network")),
                      bool("floatingAddress").optional(),
                      bool("floatingAddressOptional").optional(),
                      ref("image", "any"),
                      text("subnet").optional(),
                      text("initialState"))))
          .attribute(whole("judged").in("count"))
          .attribute(whole("admitted").in("count"))
          .attribute(
              list(
                      "choices",
                      "choice",
                      elements(
                          text("offer"),
                          text("volumeType").optional(),
                          text("score"),
                          list("volumes", "volume", new Type.Text()).optional(),
                          list("lacking", "attribute", new Type.Text()).optional(),
                          list(
                                  "mapping",
                                  "mapped",
                                  elements(
                                      text("attribute"),
                                      text("fidelity").of("APPROXIMATED", "DROPPED"),
                                      text("wanted"),
                                      text("given").optional(),
                                      text("surplus").optional()))
                              .optional()))
                  .optional())
          .attribute(
              list(
                      "refusals",
                      "refusal",
                      elements(
                          whole("offers").in("count"),
                          text("example"),
                          list("verdicts", "verdict", REFUSAL)))
                  .optional())
          .attribute(members("verdicts", "Verdict"))
          .deleted()
          .metering(Metering.NONE);

  /** What a decision says of one offer. */
  static final ResourceKind VERDICT =
      kind("Verdict")
          .only(Face.BROKER_1)
          .below("Decision", "verdicts", "verdicts")
          .attribute(text("offer"))
          .attribute(bool("admitted"))
          .attribute(text("score").optional())
          .attribute(whole("rank").optional())
          .attribute(list("verdicts", "verdict", REFUSAL).optional())
          .metering(Metering.NONE);

  /** A placement policy, or a set of match-making rules, that can be named in an order. */
  static final ResourceKind POLICY =
      kind("Policy")
          .only(Face.BROKER_1)
          .collection("policies", "policies")
          .owner(Owner.HOUSE)
          .attribute(text("type").of("POLICY", "RULES"))
          .attribute(list("rules", "rule", new Type.Text()).optional())
          .attribute(bool("default"))
          .metering(Metering.NONE);

  private PlacementKinds() {}
}
