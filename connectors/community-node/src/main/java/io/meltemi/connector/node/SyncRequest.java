package io.meltemi.connector.node;

/**
 * A node tells of itself and asks what it shall do. Answered when there is something newer than it
 * has seen, or after a while.
 *
 * @param sent the node's clock, milliseconds since 1970; for people, nothing is decided on it
 * @param seen highest wanted number that the node has stored; 0 asks for everything
 */
public record SyncRequest(long sent, long seen, NodeReport report) {
  public SyncRequest {
    Limits.range("sent", sent, 0, Long.MAX_VALUE);
    Limits.range("seen", seen, 0, Long.MAX_VALUE);
  }
}
