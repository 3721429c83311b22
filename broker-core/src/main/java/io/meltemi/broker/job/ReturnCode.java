package io.meltemi.broker.job;

import io.meltemi.connector.Fault;

/** Return codes of failed jobs: from 10000, as those below are the standard's (R89). */
final class ReturnCode {
  /** The time of the job was over. */
  static final int EXPIRED = 10_100;

  /** What was worked on is gone at its provider. */
  static final int LOST = 10_101;

  /** No offer took the order. */
  static final int NO_OFFER = 10_102;

  /** The provider shows an error of the machine or image. */
  static final int BROKEN = 10_103;

  /** Another job took over. */
  static final int SUPERSEDED = 10_104;

  /** A failure of ours. */
  static final int OURS = 10_199;

  private ReturnCode() {}

  static int of(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST -> 10_001;
      case QUOTA -> 10_002;
      case CAPACITY -> 10_003;
      case CREDENTIALS -> 10_004;
      case UNSUPPORTED -> 10_005;
      case TRANSIENT -> 10_006;
      case UNKNOWN -> 10_007;
    };
  }
}
