package io.meltemi.broker.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Inventory;

/**
 * What an account's row tells of its provider: {@code inventory} (counts, source), {@code
 * discovered}, and the facts themselves under {@code _.inventory}, so that a restart serves at
 * once, with old ages. {@code _.identity} is what tells the account from every other one.
 */
public final class AccountFacts {
  /** Longer facts are not kept; after a restart such an account serves when it is discovered. */
  private static final int MOST_KEPT = 56 * 1024;

  private static final String IDENTITY = "identity";

  private AccountFacts() {}

  /** True when an account has become another one, whose machines are other machines. */
  public static boolean differ(Row before, Row after) {
    String then = before.inner().path(IDENTITY).asText();
    return !then.isEmpty() && !then.equals(after.inner().path(IDENTITY).asText(then));
  }

  /** The row after a discovery that succeeded. */
  public static Row found(Row row, Inventory inventory) {
    ObjectNode document = row.document().deepCopy();
    document.remove("error");
    document.set("inventory", summary(document.objectNode(), inventory));
    document.put("discovered", inventory.observed().toString());
    ObjectNode inner = row.inner().deepCopy();
    ObjectNode facts = InventoryText.json(inventory);
    inner.remove("inventory");
    inventory.identity().ifPresent(name -> inner.put(IDENTITY, name));
    if (facts.toString().length() <= MOST_KEPT) inner.set("inventory", facts);
    return row.withDocument(document).withInner(inner);
  }

  /** True when a discovery says something that the row does not. */
  static boolean news(Row row, Inventory inventory) {
    return row.document().has("error")
        || !row.document().has("discovered")
        || !row.document()
            .path("inventory")
            .equals(summary(row.document().objectNode(), inventory));
  }

  private static ObjectNode summary(ObjectNode json, Inventory inventory) {
    return json.put("places", inventory.places().size())
        .put("sizes", inventory.sizes().size())
        .put("images", inventory.images().size())
        .put("source", inventory.source());
  }
}
