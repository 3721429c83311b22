package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes what stands at a provider until it shows nothing of it; only then its record goes. A
 * create that was interrupted may still be carried out later: its token goes to the sweep list.
 */
abstract sealed class Deletion implements Step permits DeleteMachine, DeleteVolume, DeleteNetwork {
  private final String name;
  private final String word;

  /**
   * @param word what people call one
   */
  Deletion(String name, String word) {
    this.name = name;
    this.word = word;
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
              .ifPresent(
                  placed -> Creating.sweep(transaction, work, row, placed, Optional.empty()));
          Placed.of(row)
              .flatMap(Placed::lent)
              .filter(lent -> lent.handle().isEmpty())
              .ifPresent(lent -> Sweep.addAddress(transaction, work.tools(), row));
          work.tools().gone(transaction, row);
        }));
  }

  @Override
  public final Next expired(Work work) {
    String reason = "the provider did not confirm that the " + word + " is gone; delete it again";
    return work.end(
        JobState.FAILED,
        ReturnCode.EXPIRED,
        reason,
        work.onRow((tx, row) -> work.tools().book(row).failed(tx, row, reason)));
  }
}
