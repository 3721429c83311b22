package io.meltemi.broker.kinds;

import static io.meltemi.model.schema.Declare.anything;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.whole;

import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Metering;

/** What happened. */
final class EventKinds {
  /** One thing that happened, in commit order; its position is where a stream goes on. */
  static final ResourceKind EVENT =
      kind("Event")
          .only(Face.BROKER_1)
          .collection("events", "events")
          .attribute(whole("position"))
          .attribute(text("type"))
          .attribute(ref("resource", "any"))
          .attribute(text("kind"))
          .attribute(time("time"))
          .attribute(anything("content"))
          .metering(Metering.NONE);

  private EventKinds() {}
}
