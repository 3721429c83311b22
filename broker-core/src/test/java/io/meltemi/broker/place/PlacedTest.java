package io.meltemi.broker.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a row keeps of the networking that its order takes. */
class PlacedTest {
  private static Row row(String kind, String document) throws IOException {
    return new Row(
        "things/1",
        "t1",
        kind,
        Optional.empty(),
        "thing",
        "STARTED",
        Instant.EPOCH,
        Instant.EPOCH,
        1,
        (ObjectNode) new ObjectMapper().readTree(document.replace('\'', '"')));
  }

  private static NetworkAmount networking(Row row) {
    return Placed.of(row).orElseThrow().networking();
  }

  private static NetworkAmount kept(Capability... abilities) throws IOException {
    Offer offer =
        new Offer(
            "a/zone/network",
            "a",
            "scripted",
            Location.named("zone"),
            Optional.empty(),
            Amount.NONE,
            Optional.empty(),
            Amount.UNLIMITED,
            Amount.UNLIMITED,
            Map.of(),
            Set.of(abilities),
            Optional.empty(),
            Instant.EPOCH,
            Offer.Sort.NETWORK);
    NetworkOrder order = new NetworkOrder("inner", Optional.empty(), Terms.NONE);
    Row plain = row(NetworkBook.KIND, "{}");
    return networking(Placed.at(offer, order, new Token("t"), 0).into(plain));
  }

  @Test
  void itIsWhatTheOfferReckoned() throws IOException {
    assertThat(kept()).isEqualTo(new NetworkAmount(1, 0, 0, 0));
    assertThat(kept(Capability.NETWORK_RANGE)).isEqualTo(new NetworkAmount(1, 1, 0, 0));
  }

  private static NetworkAmount old(String kind, String networks) throws IOException {
    return networking(
        row(kind, "{'_': {'placed': {'token': 't', 'networks': %s}}}".formatted(networks)));
  }

  @Test
  void ofARowThatDoesNotTellItIsTheMost() throws IOException {
    assertThat(old(MachineBook.KIND, "[]")).isEqualTo(new NetworkAmount(0, 0, 1, 0));
    assertThat(old(MachineBook.KIND, "['n1', 'n2']")).isEqualTo(new NetworkAmount(0, 0, 2, 0));
    assertThat(old(NetworkBook.KIND, "[]")).isEqualTo(new NetworkAmount(1, 1, 0, 0));
    assertThat(old(VolumeBook.KIND, "[]")).isEqualTo(NetworkAmount.NONE);
  }
}
