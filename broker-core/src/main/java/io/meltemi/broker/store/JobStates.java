package io.meltemi.broker.store;

import java.util.Set;

/** The states that a job never leaves (DSP0263 2.0.0, 5.22). */
final class JobStates {
  /** SQLSTATE of a violated check. */
  static final String VIOLATION = "23514";

  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILED", "STOPPED");

  private JobStates() {}

  static boolean ended(String kind, String state) {
    return kind.equals("Job") && ENDS.contains(state);
  }
}
