package io.meltemi.broker.door;

import io.meltemi.broker.store.Row;
import io.meltemi.model.Resource;
import io.meltemi.pivot.Amount;
import java.util.List;
import java.util.Optional;

/**
 * What a change came to, inside its transaction.
 *
 * @param resource as it is now; empty when it is gone
 * @param job that carries it out or carried it out
 * @param accepted true when the job still runs
 * @param created true when a new resource came to be
 * @param kept what a repeated request is told where that is less than the resource, because the
 *     resource shows what is shown once and kept nowhere
 * @param claims what is taken from a budget, as the last statements before the commit
 */
record Outcome(
    Optional<Resource> resource,
    Optional<Row> job,
    boolean accepted,
    boolean created,
    Optional<Resource> kept,
    List<Claim> claims) {

  /**
   * @param limit what the budget holds in all
   */
  record Claim(String budget, String holder, Amount amount, Amount limit) {}

  static Outcome created(Resource resource, Row job) {
    return new Outcome(
        Optional.of(resource), Optional.of(job), false, true, Optional.empty(), List.of());
  }

  static Outcome changed(Resource resource, Row job) {
    return new Outcome(
        Optional.of(resource), Optional.of(job), false, false, Optional.empty(), List.of());
  }

  static Outcome gone(Row job) {
    return new Outcome(
        Optional.empty(), Optional.of(job), false, false, Optional.empty(), List.of());
  }

  /** A job has begun with a resource that was there. */
  static Outcome begun(Resource resource, Row job) {
    return new Outcome(
        Optional.of(resource), Optional.of(job), true, false, Optional.empty(), List.of());
  }

  /** A job has begun with something that is no resource of its own. */
  static Outcome begun(Row job) {
    return new Outcome(
        Optional.empty(), Optional.of(job), true, false, Optional.empty(), List.of());
  }

  /** A job has begun which makes the resource. */
  static Outcome making(Resource resource, Row job) {
    return new Outcome(
        Optional.of(resource), Optional.of(job), true, true, Optional.empty(), List.of());
  }

  Outcome claiming(List<Claim> wanted) {
    return new Outcome(resource, job, accepted, created, kept, wanted);
  }

  /** More is told once; a repeated request is told what it was before. */
  Outcome showing(Resource more) {
    return new Outcome(Optional.of(more), job, accepted, created, resource, claims);
  }
}
