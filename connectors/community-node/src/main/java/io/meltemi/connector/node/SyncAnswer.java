package io.meltemi.connector.node;

import java.util.List;

/**
 * @param leaseSeconds the node counts as gone when it is not heard for so long
 * @param wantedNumber to be sent as {@code seen} next time
 * @param wanted all rows that are newer than what the node has seen
 */
public record SyncAnswer(int leaseSeconds, long wantedNumber, List<Item> wanted) {
  public SyncAnswer {
    Limits.range("leaseSeconds", leaseSeconds, 1, 86_400);
    Limits.range("wantedNumber", wantedNumber, 0, Long.MAX_VALUE);
    wanted = Limits.items("wanted", wanted, 10_000);
  }

  /**
   * @param number the row's number, sent back in reports on it
   * @param reported the node has spoken of this partition before; when it does not know it, it has
   *     lost it and must not make it anew
   */
  public record Item(long number, Wanted wanted, boolean reported) {
    public Item {
      Limits.range("number", number, 0, Long.MAX_VALUE);
    }
  }
}
