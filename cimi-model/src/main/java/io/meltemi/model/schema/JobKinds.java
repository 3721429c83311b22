package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.anything;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.list;
import static io.meltemi.model.schema.Declare.ref;
import static io.meltemi.model.schema.Declare.text;
import static io.meltemi.model.schema.Declare.time;
import static io.meltemi.model.schema.Declare.uri;
import static io.meltemi.model.schema.Declare.whole;

import io.meltemi.model.schema.ResourceKind.Metering;

/** What is under way, and how it ended. */
final class JobKinds {
  /**
   * Section 5.17.1 of DSP0263 2.0.0; read and written the same in 1.x. The extensions tell why it
   * failed, and what to do next.
   */
  static final ResourceKind JOB =
      kind("Job")
          .collection("jobs", "jobs")
          .attribute(
              text("state")
                  .of("QUEUED", "RUNNING", "FAILED", "SUCCESS", "STOPPING", "STOPPED")
                  .indexed())
          .attribute(ref("targetResource", "any").indexed())
          .attribute(list("affectedResources", "affectedResource", new Type.Ref("any")))
          .attribute(uri("action"))
          .attribute(whole("returnCode"))
          .attribute(whole("progress").in("percent").from(0).to(100))
          .attribute(text("statusMessage"))
          .attribute(time("timeOfStatusChange"))
          .attribute(ref("parentJob", "Job"))
          .attribute(list("nestedJobs", "nestedJob", new Type.Ref("Job")))
          .attribute(text("code").extension().optional())
          .attribute(text("field").extension().optional())
          .attribute(text("remedy").extension().optional())
          .attribute(text("providerWords").extension().optional())
          .attribute(anything("verdicts").extension().optional())
          .edited()
          .deleted()
          .operation(
              Operation.action("stop").from("QUEUED", "RUNNING").through("STOPPING").to("STOPPED"))
          .metering(Metering.NONE);

  private JobKinds() {}
}
