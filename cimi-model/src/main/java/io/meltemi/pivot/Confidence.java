package io.meltemi.pivot;

/** How far a fact about a place can be relied on, beside its age. */
public enum Confidence {
  /** Its provider told it when it was last asked. */
  CONFIRMED,

  /**
   * The same, less what was placed since: free room and what is left of a quota are reckoned until
   * the provider is asked again.
   */
  ESTIMATED,

  /** Its provider told it once: since then it was asked in vain, or the broker began anew. */
  REMEMBERED;

  /** How far a fact can be relied on that is told and never reckoned, of the same place. */
  public Confidence told() {
    return this == ESTIMATED ? CONFIRMED : this;
  }
}
