package io.meltemi.connector.node;

import io.meltemi.connector.Token;

/**
 * A volume on a node: a disk that outlives the machines which it is attached to.
 *
 * @param capacityKilobytes size in units of 1000 bytes
 * @param source id of the snapshot whose data it begins with; empty: it begins empty
 * @param machine id of the partition that it shall be attached to; empty: none
 * @param absent the volume shall be removed
 */
public record WantedVolume(
    String id,
    String token,
    String name,
    long capacityKilobytes,
    String source,
    String machine,
    boolean absent)
    implements Wanted {
  public WantedVolume {
    Limits.id("id", id);
    token = new Token(token).value();
    Limits.line("name", name, Limits.NAME);
    Limits.range("capacityKilobytes", capacityKilobytes, 1, 1L << 40);
    Limits.idOrNone("source", source);
    Limits.idOrNone("machine", machine);
  }

  /**
   * @param partition empty: detached
   */
  public WantedVolume at(String partition) {
    return new WantedVolume(id, token, name, capacityKilobytes, source, partition, absent);
  }

  public WantedVolume gone() {
    return new WantedVolume(id, token, name, capacityKilobytes, source, "", true);
  }
}
