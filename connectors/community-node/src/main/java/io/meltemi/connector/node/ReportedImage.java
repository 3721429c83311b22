package io.meltemi.connector.node;

import io.meltemi.connector.Images;

/**
 * @param sizeKilobytes size of the disk that a machine gets from it, in units of 1000 bytes
 */
public record ReportedImage(
    String id, long number, boolean absent, Images.State state, String reason, long sizeKilobytes)
    implements Reported {
  public ReportedImage {
    Limits.id("id", id);
    Limits.range("number", number, 0, Long.MAX_VALUE);
    Limits.text("reason", reason, Limits.REASON);
    Limits.range("sizeKilobytes", sizeKilobytes, 0, Long.MAX_VALUE);
  }
}
