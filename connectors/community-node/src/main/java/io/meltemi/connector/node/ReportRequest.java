package io.meltemi.connector.node;

import java.util.List;

/**
 * What a node has to say at once.
 *
 * @param reports on some of its partitions
 * @param self on itself, when that has changed; at most one
 */
public record ReportRequest(List<Reported> reports, List<NodeReport> self) {
  public ReportRequest {
    reports = Limits.items("reports", reports, 100);
    self = Limits.items("self", self, 1);
  }
}
