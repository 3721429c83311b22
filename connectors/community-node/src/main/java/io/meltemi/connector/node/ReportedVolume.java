package io.meltemi.connector.node;

import io.meltemi.pivot.VolumeState;

/**
 * @param machine id of the partition that it is attached to; empty: none
 */
public record ReportedVolume(
    String id, long number, boolean absent, VolumeState state, String reason, String machine)
    implements Reported {
  public ReportedVolume {
    Limits.id("id", id);
    Limits.range("number", number, 0, Long.MAX_VALUE);
    Limits.text("reason", reason, Limits.REASON);
    Limits.idOrNone("machine", machine);
  }
}
