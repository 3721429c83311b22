package io.meltemi.connector.node;

import io.meltemi.connector.Images;

/** What became of the copy of a volume. */
public record ReportedSnapshot(
    String id, long number, boolean absent, Images.State state, String reason) implements Reported {
  public ReportedSnapshot {
    Limits.id("id", id);
    Limits.range("number", number, 0, Long.MAX_VALUE);
    Limits.text("reason", reason, Limits.REASON);
  }
}
