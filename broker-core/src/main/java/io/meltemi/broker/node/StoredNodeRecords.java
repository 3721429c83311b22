package io.meltemi.broker.node;

import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.NodePartitions;
import io.meltemi.connector.NodeRecords;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The rows of nodes in the broker's book. */
public final class StoredNodeRecords implements NodeRecords {
  private static final int BATCH = 500;

  private final Store store;
  private final NodeWrites writes;
  private final StoredNodePartitions partitions;
  private final JoinTokens tokens;
  private final Clock clock;
  private final Supplier<String> ids;

  public StoredNodeRecords(
      Store store, Secrets secrets, JoinTokens tokens, Clock clock, Supplier<String> ids) {
    this.store = store;
    this.writes = new NodeWrites(store);
    this.partitions = new StoredNodePartitions(store, new NodeRows(secrets), clock);
    this.tokens = tokens;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Optional<Node> enrol(String joinToken, String enrolment, String publicKey, String name) {
    return writes.write(transaction -> {
      Optional<Node> known =
          nodes().stream().filter(node -> node.enrolment().equals(enrolment)).findFirst();
      if (known.isPresent()) return known.filter(node -> node.publicKey().equals(publicKey));
      if (!tokens.use(transaction, joinToken)) return Optional.empty();
      Node node =
          new Node(ids.get(), name, enrolment, publicKey, 0, 0, Optional.empty(), clock.instant());
      transaction.insert(NodeRows.row(node, clock.instant()));
      return Optional.of(node);
    });
  }

  @Override
  public List<Node> nodes() {
    return store.all(NodeRows.NODE).stream().map(NodeRows::node).toList();
  }

  @Override
  public Optional<Node> node(String id) {
    return store
        .read(Store.EVERYBODY, NodeRows.path(id))
        .filter(row -> row.kind().equals(NodeRows.NODE))
        .map(NodeRows::node);
  }

  @Override
  public boolean heard(String id, long counter, Optional<String> report) {
    return writes.write(transaction -> {
      Optional<Row> row = transaction.find(NodeRows.path(id));
      Optional<Node> node = row.map(NodeRows::node).filter(known -> counter > known.counter());
      node.map(known -> heard(known, counter, report))
          .ifPresent(now -> transaction.touch(row.get().withDocument(NodeRows.document(now))));
      return node.isPresent();
    });
  }

  private Node heard(Node node, long counter, Optional<String> report) {
    return new Node(
        node.id(),
        node.name(),
        node.enrolment(),
        node.publicKey(),
        counter,
        node.wantedNumber(),
        report.or(node::report),
        clock.instant());
  }

  @Override
  public NodePartitions partitions() {
    return partitions;
  }

  @Override
  public AutoCloseable onChange(Consumer<String> changed) {
    AtomicLong position = new AtomicLong(store.lastPosition());
    return store.onEvents(() -> tell(position, changed));
  }

  private void tell(AtomicLong position, Consumer<String> changed) {
    Set<String> nodes = new LinkedHashSet<>();
    List<Event> events;
    do {
      events = store.events(Store.EVERYBODY, position.get(), BATCH);
      for (Event event : events) {
        position.accumulateAndGet(event.position(), Math::max);
        if (event.kind().equals(NodeRows.PARTITION)) nodes.add(NodeRows.nodeOf(event.resource()));
      }
    } while (events.size() == BATCH);
    nodes.forEach(changed);
  }
}
