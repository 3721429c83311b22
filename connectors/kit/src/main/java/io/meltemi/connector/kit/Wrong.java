package io.meltemi.connector.kit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The ways in which a call goes wrong between two who speak over a network. */
public enum Wrong {
  DELAY(new Mishap.Late(Duration.ofMillis(300))),
  SERVER_ERROR(new Mishap.Refused(503, Map.of(), "")),
  RESET_BEFORE(new Mishap.LostBefore()),
  RESET_AFTER(new Mishap.LostAfter(Duration.ZERO)),
  TRUNCATED_BODY(new Mishap.Truncated()),
  ENDLESS_BODY(new Mishap.Endless()),
  LATE_BYTES(new Mishap.Dripping(Duration.ofSeconds(1)));

  private static final Set<Wrong> NEVER_REACH_IT = Set.of(SERVER_ERROR, RESET_BEFORE);

  private final Mishap mishap;

  Wrong(Mishap mishap) {
    this.mishap = mishap;
  }

  /** What lets it go wrong so. */
  public Mishap mishap() {
    return mishap;
  }

  /** The provider has done what it was asked for. */
  boolean carriedOut() {
    return !NEVER_REACH_IT.contains(this);
  }
}
