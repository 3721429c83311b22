package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.List;

/** Asks for an image of a machine or volume; like a creation, never twice under one token. */
final class CaptureAsk implements Step {
  static final String NAME = "capture.ask";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "asks the provider for the image";
  }

  @Override
  public int progress() {
    return 10;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask();
  }

  @Override
  public Next run(Work work) {
    Made made = Capturing.made(work);
    if (made.asked().isPresent()) return work.go(CaptureLook.NAME);
    Shots shots = Capturing.shots(work);
    List<Handle> found = shots.find(made.token());
    if (!found.isEmpty()) return Capturing.adopt(work, made, found);
    Made asked = made.askedAt(work.now());
    work.save(Capturing.at(work, asked));
    try {
      Handle subject = new Handle(work.memory().path("handle").asText());
      Handle image = shots.take(subject, work.row().name(), asked.token());
      return Capturing.adopt(work, asked, List.of(image));
    } catch (ConnectorException e) {
      return answered(work, asked, e);
    }
  }

  private Next answered(Work work, Made asked, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT -> work.again(e, Capturing.at(work, asked.notAsked()));
      case UNKNOWN -> work.go(CaptureLook.NAME);
      case BAD_REQUEST, QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED -> refused(work, e);
    };
  }

  private static Next refused(Work work, ConnectorException e) {
    return Capturing.giveUp(work, JobState.FAILED, ReturnCode.of(e.fault()), e.reason());
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.againOr(e, () -> refused(work, e));
  }

  @Override
  public Next expired(Work work) {
    return Capturing.giveUp(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the provider did not accept it in time"));
  }

  @Override
  public Next stop(Work work) {
    return Capturing.giveUp(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
