package io.meltemi.connector.node;

import io.meltemi.connector.Token;

/**
 * A question: what did the machine write to its console? A row of its own, so that asking changes
 * nothing about the machine.
 *
 * @param machine id of the machine's partition
 */
public record WantedConsole(String id, String token, String machine) implements Wanted {
  public WantedConsole {
    Limits.id("id", id);
    token = new Token(token).value();
    Limits.id("machine", machine);
  }
}
