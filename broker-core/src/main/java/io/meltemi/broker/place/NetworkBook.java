package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.pivot.NetworkState;
import java.time.Clock;

/** The book of the networks that were ordered. */
public final class NetworkBook extends PlacedBook {
  /** Name of the kind. */
  public static final String KIND = "Network";

  public NetworkBook(Clock clock) {
    super(clock, KIND, "network");
  }

  /** The network is now in that state; an earlier reason no longer holds. */
  public Row moved(Transaction transaction, Row network, NetworkState state) {
    return moved(transaction, network, network, state.name());
  }

  /** The network is now as its provider shows it. */
  public Row observed(Transaction transaction, Row network, NetworkObservation seen) {
    Row shown = shown(network, seen);
    return seen.state() == NetworkState.ERROR
        ? moved(
            transaction,
            shown,
            network,
            seen.state().name(),
            seen.reason().orElse("the provider gives no reason"))
        : moved(transaction, shown, network, seen.state().name());
  }

  /** True when the row already tells what the provider shows, state apart. */
  public static boolean shows(Row network, NetworkObservation seen) {
    return shown(network, seen).equals(network);
  }

  /** {@code mtu} goes into the document; name and {@code subnets} go under {@code _}. */
  private static Row shown(Row network, NetworkObservation seen) {
    ObjectNode document = network.document().deepCopy();
    seen.mtu().ifPresent(mtu -> document.put("mtu", mtu));
    Row shown = network.withDocument(document);
    ObjectNode inner = shown.inner().deepCopy();
    inner.put("providerName", seen.name());
    ArrayNode subnets = inner.putArray("subnets");
    seen.subnets().forEach(subnets::add);
    return shown.withInner(inner);
  }
}
