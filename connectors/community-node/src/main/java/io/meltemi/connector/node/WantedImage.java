package io.meltemi.connector.node;

import io.meltemi.connector.Token;

/**
 * An image of a machine's first disk, made on the machine's node.
 *
 * @param machine id of the partition whose disk is taken
 * @param absent the image shall be removed
 */
public record WantedImage(String id, String token, String name, String machine, boolean absent)
    implements Wanted {
  public WantedImage {
    Limits.id("id", id);
    token = new Token(token).value();
    Limits.line("name", name, Limits.NAME);
    Limits.id("machine", machine);
  }

  public WantedImage gone() {
    return new WantedImage(id, token, name, machine, true);
  }
}
