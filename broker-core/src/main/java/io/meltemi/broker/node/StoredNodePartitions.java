package io.meltemi.broker.node;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.NodePartitions;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Token;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The rows of nodes' partitions in the broker's book. */
final class StoredNodePartitions implements NodePartitions {
  private final Store store;
  private final NodeRows rows;
  private final Clock clock;
  private final NodeWrites writes;

  StoredNodePartitions(Store store, NodeRows rows, Clock clock) {
    this.store = store;
    this.rows = rows;
    this.clock = clock;
    this.writes = new NodeWrites(store);
  }

  @Override
  public long want(String id, String partition, Token token, String wanted) {
    return writes.write(transaction -> {
      Row row = transaction.find(NodeRows.path(id)).orElseThrow();
      Node node = NodeRows.node(row);
      long number = node.wantedNumber() + 1;
      update(transaction, row, numbered(node, number));
      Optional<Row> before = transaction.find(NodeRows.path(id, partition));
      Optional<String> reported = before.map(rows::partition).flatMap(Partition::reported);
      Partition now = new Partition(id, partition, token, number, wanted, reported);
      Row written =
          before
              .map(old -> transaction.update(old.withDocument(rows.document(now))))
              .orElseGet(() -> transaction.insert(rows.row(now, clock.instant())));
      Objects.requireNonNull(written);
      return number;
    });
  }

  private static Node numbered(Node node, long number) {
    return new Node(
        node.id(),
        node.name(),
        node.enrolment(),
        node.publicKey(),
        node.counter(),
        number,
        node.report(),
        node.seen());
  }

  @Override
  public boolean reported(String node, String partition, String report) {
    return writes.write(transaction -> {
      Optional<Row> row = transaction.find(NodeRows.path(node, partition));
      row.ifPresent(found -> {
        Partition old = rows.partition(found);
        if (old.reported().equals(Optional.of(report))) return;
        Partition now =
            new Partition(
                node, partition, old.token(), old.number(), old.wanted(), Optional.of(report));
        transaction.update(found.withDocument(rows.document(now)));
      });
      return row.isPresent();
    });
  }

  @Override
  public void forget(String node, String partition) {
    boolean ignored =
        writes.write(transaction -> {
          Optional<Row> row = transaction.find(NodeRows.path(node, partition));
          row.ifPresent(transaction::delete);
          return row.isPresent();
        });
  }

  @Override
  public Optional<Partition> read(String node, String id) {
    return store.read(Store.EVERYBODY, NodeRows.path(node, id)).map(rows::partition);
  }

  @Override
  public List<Partition> of(String node) {
    return store
        .list(
            Store.EVERYBODY,
            NodeRows.PARTITION,
            Optional.of(NodeRows.path(node)),
            Optional.empty(),
            List.of(),
            0,
            Integer.MAX_VALUE)
        .rows()
        .stream()
        .map(rows::partition)
        .toList();
  }

  @Override
  public List<Partition> find(Token token) {
    return store.all(NodeRows.PARTITION).stream()
        .filter(row -> row.name().equals(token.value()))
        .map(rows::partition)
        .toList();
  }

  private static void update(Transaction transaction, Row row, Node node) {
    transaction.update(row.withDocument(NodeRows.document(node)));
  }
}
