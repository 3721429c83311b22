package io.meltemi.connector.node;

import io.meltemi.connector.Token;

/**
 * A copy of a volume, made on the volume's node.
 *
 * @param volume id of the volume's partition
 * @param capacityKilobytes of that volume, in units of 1000 bytes
 * @param absent the snapshot shall be removed
 */
public record WantedSnapshot(
    String id, String token, String name, String volume, long capacityKilobytes, boolean absent)
    implements Wanted {
  public WantedSnapshot {
    Limits.id("id", id);
    token = new Token(token).value();
    Limits.line("name", name, Limits.NAME);
    Limits.id("volume", volume);
    Limits.range("capacityKilobytes", capacityKilobytes, 1, 1L << 40);
  }

  public WantedSnapshot gone() {
    return new WantedSnapshot(id, token, name, volume, capacityKilobytes, true);
  }
}
