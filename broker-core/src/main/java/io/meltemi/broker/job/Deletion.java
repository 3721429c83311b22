package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes what stands at a provider until it shows nothing of it; only then its record goes. A
 * create that was interrupted may still be carried out later: its token goes to the sweep list.
 */
abstract sealed class Deletion implements Step permits DeleteMachine, DeleteVolume, DeleteNetwork {
  private static final String REFUSALS = "refusals";

  private final String name;
  private final String word;
  private final int tries;

  /**
   * @param word what people call one
   * @param tries a provider may refuse so often: what stands in the way may be on its way off
   */
  Deletion(String name, String word, int tries) {
    this.name = name;
    this.word = word;
    this.tries = tries;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String doing() {
    return "removes the " + word;
  }

  @Override
  public final int progress() {
    return 20;
  }

  @Override
  public final Duration limit(Work work) {
    return work.limits().remove();
  }

  @Override
  public final Next run(Work work) {
    Optional<Placed> placed = Placed.of(work.row());
    boolean nowhere =
        placed.isEmpty() || placed.get().asked().isEmpty() && placed.get().handle().isEmpty();
    if (nowhere || Removal.done(work.connector(), work.row(), placed.get())) {
      return gone(work);
    }
    return work.look("the provider removes the " + word);
  }

  private Next gone(Work work) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the " + word + " is gone",
        work.onRow((transaction, row) -> {
          Placed.of(row)
              .filter(placed -> placed.asked().isPresent() && placed.handle().isEmpty())
              .ifPresent(placed -> Creating.sweep(transaction, work, row, placed));
          Placed.of(row)
              .flatMap(Placed::lent)
              .filter(lent -> lent.handle().isEmpty())
              .ifPresent(lent -> Sweep.addAddress(transaction, work.tools(), row));
          work.tools().gone(transaction, row);
        }));
  }

  /** What is refused again and again stays: it is locked, or something hangs on it. */
  @Override
  public final Next fault(Work work, ConnectorException fault) {
    return switch (fault.fault()) {
      case TRANSIENT, UNKNOWN, CREDENTIALS, QUOTA, CAPACITY -> work.again(fault);
      case BAD_REQUEST, UNSUPPORTED -> refused(work, fault);
    };
  }

  private Next refused(Work work, ConnectorException fault) {
    int refusals = work.memory().path(REFUSALS).asInt() + 1;
    work.memory().put(REFUSALS, refusals);
    return refusals < tries
        ? work.again(fault)
        : stays(work, JobState.FAILED, ReturnCode.of(fault.fault()), fault.reason());
  }

  /** What is under way at the provider goes on; the watch tells when it has ended. */
  @Override
  public final Next stop(Work work) {
    return stays(work, JobState.STOPPED, JobRows.GOOD, "its deletion was stopped; delete it again");
  }

  /** The job ends so, and the row tells again what the provider shows. */
  abstract Next stays(Work work, JobState end, int code, String message);

  @Override
  public final Next expired(Work work) {
    String reason =
        work.late("the provider did not confirm that the " + word + " is gone; delete it again");
    return work.end(
        JobState.FAILED,
        ReturnCode.EXPIRED,
        reason,
        work.onRow((tx, row) -> work.tools().book(row).failed(tx, row, reason)));
  }
}
