package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.List;

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
    return "looks for the machine after a lost answer";
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
    Placed placed = Creating.placed(work);
    List<Handle> found = work.connector().machines().find(placed.token());
    return found.isEmpty()
        ? work.look("the provider's answer was lost; looks for the machine")
        : Creating.adopt(work, placed, found);
  }

  @Override
  public Next expired(Work work) {
    return Creating.nextOffer(work, Fault.UNKNOWN, "gave no answer and shows no machine", true);
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
