package io.meltemi.broker.watch;

import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkState;
import java.util.Optional;

/** Networks that were ordered. */
final class NetworkComparison extends Comparison<NetworkObservation> {
  private final NetworkBook networks;

  NetworkComparison(Tools tools, Notes notes) {
    super(tools, notes);
    this.networks = new NetworkBook(tools.clock());
  }

  @Override
  Handle handle(NetworkObservation seen) {
    return seen.handle();
  }

  @Override
  Optional<Token> token(NetworkObservation seen) {
    return seen.token();
  }

  @Override
  Optional<NetworkObservation> read(Connector connector, Handle handle) {
    return connector.networks().read(handle);
  }

  @Override
  PlacedBook book() {
    return networks;
  }

  @Override
  Optional<String> passing(NetworkObservation seen) {
    return Optional.of(seen.state()).filter(NetworkState.DELETING::equals).map(NetworkState::name);
  }

  @Override
  boolean settled(Row row, NetworkObservation seen) {
    NetworkObservation now = seen.settled();
    return row.state().equals(now.state().name()) && NetworkBook.shows(row, now);
  }

  @Override
  void differs(Transaction transaction, Row now, NetworkObservation seen) {
    Row after = networks.observed(transaction, now, seen.settled());
    if (after.state().equals(now.state())) return;
    String words = "was %s, and the provider shows %s".formatted(now.state(), after.state());
    networks.tell(transaction, after, "drift", words);
  }

  @Override
  void back(Transaction transaction, Row now, Placed known, NetworkObservation seen) {
    Row placed = networks.at(transaction, now, known);
    Row back = networks.observed(transaction, placed, seen.settled());
    networks.tell(transaction, back, "drift", "the provider shows the network again");
  }

  @Override
  void lost(Transaction transaction, Row now) {
    String reason = "the provider no longer has the network";
    Row after = networks.lost(transaction, now, reason);
    networks.tell(transaction, after, "drift", "was " + now.state() + ": " + reason);
  }
}
