package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The answer was lost: looks for what bears the token. Never creates again under it, for the first
 * call may still be carried out.
 */
final class CreateLook implements Step {
  static final String NAME = "create.look";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "looks for it after a lost answer";
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
        .orElseGet(() -> work.look("the provider's answer was lost; looks for what it made"));
  }

  private static Optional<Next> found(Work work) {
    Placed placed = Creating.placed(work);
    List<Handle> found = Stock.of(work.connector(), work.row()).find(placed.token());
    return found.isEmpty() ? Optional.empty() : Optional.of(Creating.found(work, placed, found));
  }

  /** The time may have run out while nobody worked, so there is a last look. */
  @Override
  public Next expired(Work work) {
    try {
      return found(work).orElseGet(() -> nextOffer(work, "gave no answer and shows nothing of it"));
    } catch (ConnectorException e) {
      return nextOffer(work, "gave no answer and cannot be asked: " + e.reason());
    }
  }

  private static Next nextOffer(Work work, String reason) {
    return Creating.nextOffer(work, Fault.UNKNOWN, reason, true);
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
