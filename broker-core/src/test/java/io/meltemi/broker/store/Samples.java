package io.meltemi.broker.store;

import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.whole;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.pivot.Amount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows, tasks and intervals as stories need them. */
final class Samples {
  static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  static final Amount ONE = new Amount(1, 2, 1024, 10_000);

  static final Kinds KINDS =
      new Kinds(
          List.of(
              kind("Machine")
                  .collection("machines", "machines")
                  .attribute(text("state").indexed())
                  .attribute(whole("cpu").indexed())
                  .attribute(text("note"))
                  .metering(Metering.INTERVALS),
              kind("Job").collection("jobs", "jobs").metering(Metering.NONE)));

  private Samples() {}

  static Row machine(String id, String tenant) {
    return row("machines/" + id, tenant, "Machine", "CREATING");
  }

  static Row row(String id, String tenant, String kind, String state) {
    return new Row(id, tenant, kind, Optional.empty(), id, state, TEN, TEN, 0, document());
  }

  static Row below(String parent, String id, String tenant) {
    return new Row(id, tenant, "Disk", Optional.of(parent), "", "", TEN, TEN, 0, document());
  }

  static ObjectNode document() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Task task(String job, String tenant, String queue, Instant due) {
    return new Task(
        job, tenant, queue, "create", due, 0, document(), 0, Optional.empty(), Optional.empty());
  }

  static Usage usage(String resource, String state, Instant from) {
    return new Usage(resource, "t1", "Machine", state, ONE, "a1", from, Optional.empty());
  }
}
