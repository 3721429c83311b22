package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    return found(work)
        .orElseGet(() -> work.look("the provider's answer was lost; looks for the image"));
  }

  private static Optional<Next> found(Work work) {
    Made made = Capturing.made(work);
    List<Handle> found = Capturing.shots(work).find(made.token());
    return found.isEmpty() ? Optional.empty() : Optional.of(Capturing.adopt(work, made, found));
  }

  /** The time may have run out while nobody worked, so there is a last look. */
  @Override
  public Next expired(Work work) {
    try {
      return found(work).orElseGet(() -> giveUp(work));
    } catch (ConnectorException e) {
      return giveUp(work);
    }
  }

  private static Next giveUp(Work work) {
    return Capturing.giveUp(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the provider gave no answer and shows no image; capture again"));
  }

  @Override
  public Next stop(Work work) {
    return Capturing.giveUp(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
