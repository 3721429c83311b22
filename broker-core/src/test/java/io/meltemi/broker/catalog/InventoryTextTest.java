package io.meltemi.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.NetworkAmount;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quota of networks as a restart finds it. */
class InventoryTextTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final Inventory.Networking TOLD =
      new Inventory.Networking(new NetworkAmount(1, 2, 3, 4), new NetworkAmount(5, 6, 7, 8));

  private static ObjectNode text() {
    return InventoryText.json(
        new Inventory(
                List.of(),
                List.of(),
                List.of(),
                Amount.NONE,
                Amount.NONE,
                Instant.parse("2026-11-21T12:00:00Z"),
                "a drawing")
            .with(TOLD));
  }

  @Test
  void itIsReadAsItWasWritten() {
    assertThat(InventoryText.inventory(text()).networking()).isEqualTo(TOLD);
  }

  @Test
  void ofWhatWasStoredBeforeThatOfAddressesIsReadIfItWasTold() {
    ObjectNode old = text();
    old.remove("networking");
    assertThat(InventoryText.inventory(old).networking()).isEqualTo(Inventory.Networking.UNTOLD);
    old.putObject("floating").put("quotaLimit", 9).put("quotaUsed", 2);
    assertThat(InventoryText.inventory(old).networking())
        .isEqualTo(
            new Inventory.Networking(
                new NetworkAmount(NO_LIMIT, NO_LIMIT, NO_LIMIT, 9), new NetworkAmount(0, 0, 0, 2)));
  }

  @Test
  void aLimitThatIsMissingIsNone() {
    ObjectNode text = text();
    ((ObjectNode) text.at("/networking/quotaLimit")).remove("ports");
    ((ObjectNode) text.at("/networking/quotaUsed")).remove("ports");
    assertThat(InventoryText.inventory(text).networking())
        .isEqualTo(
            new Inventory.Networking(
                new NetworkAmount(1, 2, NO_LIMIT, 4), new NetworkAmount(5, 6, 0, 8)));
  }
}
