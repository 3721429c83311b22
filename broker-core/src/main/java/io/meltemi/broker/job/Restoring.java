package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Snapshots;
import java.time.Duration;
import java.util.Optional;

/**
 * What the steps of a restore remember. A restore may be carried out again as long as nobody was
 * told that it is over, for what a machine does after that must not be lost to a late one.
 */
final class Restoring {
  private static final String SNAPSHOT = "snapshot";
  private static final String ASKED = "asked";
  private static final String AGAIN = "again";
  private static final String BEGUN = "begun";

  private Restoring() {}

  /** A lost answer is waited for once, and then the provider is asked once more. */
  static Duration limit(Tools tools, String account) {
    JobLimits limits = tools.limits();
    return limits
        .ask()
        .multipliedBy(2)
        .plus(tools.connectors().limits(account).longestDelay())
        .plus(limits.capture());
  }

  static void remember(ObjectNode memory, Row snapshot) {
    memory.put(SNAPSHOT, snapshot.id());
    memory.put("handle", Made.of(snapshot).flatMap(Made::handle).orElseThrow().value());
  }

  static String snapshot(Work work) {
    return work.memory().path(SNAPSHOT).asText();
  }

  static Handle handle(Work work) {
    return new Handle(work.memory().path("handle").asText());
  }

  /** True when the provider may have been asked, and its answer is not known. */
  static boolean asked(Work work) {
    return work.memory().has(ASKED);
  }

  static void asking(Work work) {
    work.memory().put(ASKED, true);
  }

  static void notAsked(Work work) {
    work.memory().remove(ASKED);
  }

  /** True for the first time that it is asked. */
  static boolean mayAskAgain(Work work) {
    boolean first = !work.memory().has(AGAIN);
    work.memory().put(AGAIN, true);
    return first;
  }

  /** The provider has accepted the job's restore, if it is one, or is seen to carry it out. */
  static void begun(Work work) {
    if (work.memory().has(SNAPSHOT)) work.memory().put(BEGUN, true);
  }

  /** True when the provider carried it out, whatever becomes of the job; the machine rests. */
  static boolean done(Work work) {
    return work.memory().has(BEGUN) && failure(work).isEmpty();
  }

  /** Why the provider gave up; the machine rests. */
  static Optional<String> failure(Work work) {
    return work.connector().machineSnapshots().read(handle(work)).flatMap(Snapshots.Taken::reason);
  }

  static Next expired(Work work, String message) {
    return Acting.settle(work, JobState.FAILED, ReturnCode.EXPIRED, work.late(message));
  }
}
