package io.meltemi.broker.job;

import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.List;

/** The answer to a capture was lost: looks for the image by its token. */
final class CaptureLook implements Step {
  static final String NAME = "capture.look";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "looks for the image after a lost answer";
  }

  @Override
  public int progress() {
    return 20;
  }

  @Override
  public Duration limit(Work work) {
    return work.accountLimits().look();
  }

  @Override
  public Next run(Work work) {
    Made made = Capturing.made(work);
    List<Handle> found = work.connector().images().find(made.token());
    return found.isEmpty()
        ? work.look("the provider's answer was lost; looks for the image")
        : Capturing.adopt(work, made, found);
  }

  @Override
  public Next expired(Work work) {
    return Capturing.giveUp(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        "the provider gave no answer and shows no image; capture again");
  }

  @Override
  public Next stop(Work work) {
    return Capturing.giveUp(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
