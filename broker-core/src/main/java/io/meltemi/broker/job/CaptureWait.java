package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Images;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the image can be used. */
final class CaptureWait implements Step {
  static final String NAME = "capture.wait";
  private static final Logger LOG = LoggerFactory.getLogger(CaptureWait.class);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "the provider makes the image";
  }

  @Override
  public int progress() {
    return 40;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().capture();
  }

  @Override
  public Next run(Work work) {
    Made made = Capturing.made(work);
    return Absence.or(
        work,
        Capturing.shots(work).read(made.handle().orElseThrow()),
        seen -> seen(work, made, seen),
        () -> failed(work, "the provider lost the image while making it"));
  }

  private static Next seen(Work work, Made made, Shots.Shot seen) {
    return switch (seen.state()) {
      case MAKING -> work.look("the provider makes the image");
      case READY -> ready(work, made.account(), seen.id());
      case FAILED -> failed(work, seen.reason().orElse("the capture failed"));
    };
  }

  private static Next ready(Work work, String account, String imageId) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the image is AVAILABLE",
        work.onRow((transaction, row) -> {
          if (SnapshotBook.is(row)) {
            SnapshotBook.taken(transaction, row);
          } else {
            transaction.update(available(row, account, imageId));
            work.tools().discovery().hurry(account); // offers shall have it at once too
          }
          Capturing.free(transaction, work.tools(), work.memory());
        }));
  }

  private static Row available(Row image, String account, String imageId) {
    ObjectNode inner = image.inner().deepCopy();
    inner.withObject("copies").put(account, imageId);
    return image.withInner(inner).withState("AVAILABLE");
  }

  private static Next failed(Work work, String reason) {
    return Capturing.giveUp(work, JobState.FAILED, ReturnCode.BROKEN, reason);
  }

  /** The time may have run out while nobody worked, so there is a last look. */
  @Override
  public Next expired(Work work) {
    Made made = Capturing.made(work);
    try {
      Optional<Shots.Shot> seen = Capturing.shots(work).read(made.handle().orElseThrow());
      if (seen.filter(shot -> shot.state() == Images.State.READY).isPresent()) {
        return ready(work, made.account(), seen.get().id());
      }
    } catch (ConnectorException e) {
      LOG.info("job {}: whether it is ready cannot be told: {}", work.job(), e.getMessage());
    }
    return Capturing.giveUp(
        work, JobState.FAILED, ReturnCode.EXPIRED, work.late("the image was not ready in time"));
  }

  @Override
  public Next stop(Work work) {
    return Capturing.giveUp(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
