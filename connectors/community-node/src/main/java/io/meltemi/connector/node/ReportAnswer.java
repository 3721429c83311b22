package io.meltemi.connector.node;

import java.util.List;

/**
 * @param unknown partitions that the broker has no row of (any more)
 */
public record ReportAnswer(List<String> unknown) {
  public ReportAnswer {
    unknown = Limits.items("unknown", unknown, 100);
  }
}
