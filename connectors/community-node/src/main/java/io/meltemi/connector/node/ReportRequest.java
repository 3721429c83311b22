package io.meltemi.connector.node;

import java.util.List;

/** What a node has to say on some of its partitions. */
public record ReportRequest(List<Reported> reports) {
  public ReportRequest {
    reports = Limits.items("reports", reports, 100);
  }
}
