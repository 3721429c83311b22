package io.meltemi.broker.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meltemi.connector.Inventory;
import java.util.UUID;

/**
 * A network of an account, as its provider told it last.
 *
 * @param learnt how and when
 */
public record Network(String account, Inventory.Network facts, Catalog.Learnt learnt) {

  /** Our path of it: the same as long as the provider calls it by the same id. */
  public String path() {
    return path(account, facts.id());
  }

  static String path(String account, String id) {
    byte[] words = (account + "\n" + id).getBytes(UTF_8);
    return "networks/" + UUID.nameUUIDFromBytes(words);
  }
}
