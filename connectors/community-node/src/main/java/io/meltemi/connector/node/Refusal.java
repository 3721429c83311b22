package io.meltemi.connector.node;

/**
 * Why the broker did not take a request.
 *
 * @param counter highest number accepted so far, where the number was too low; else 0
 */
public record Refusal(String error, long counter) {
  public Refusal {
    Limits.text("error", error, Limits.REASON);
  }
}
