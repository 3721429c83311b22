package io.meltemi.broker.node;

import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.Token;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rows of nodes in the broker's book. */
public final class StoredNodeRecords implements NodeRecords {
  private static final int BATCH = 500;
  private static final int TRIES = 20;

  private final Store store;
  private final NodeRows rows;
  private final JoinTokens tokens;
  private final Clock clock;
  private final Supplier<String> ids;

  public StoredNodeRecords(
      Store store, Secrets secrets, JoinTokens tokens, Clock clock, Supplier<String> ids) {
    this.store = store;
    this.rows = new NodeRows(secrets);
    this.tokens = tokens;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Optional<Node> enrol(String joinToken, String enrolment, String publicKey, String name) {
    return write(transaction -> {
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
    return write(transaction -> {
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

  private static void update(Transaction transaction, Row row, Node node) {
    transaction.update(row.withDocument(NodeRows.document(node)));
  }

  @Override
  public long want(String id, String partition, Token token, String wanted) {
    return write(transaction -> {
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
    return write(transaction -> {
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
        write(transaction -> {
          Optional<Row> row = transaction.find(NodeRows.path(node, partition));
          row.ifPresent(transaction::delete);
          return row.isPresent();
        });
  }

  @Override
  public Optional<Partition> partition(String node, String id) {
    return store.read(Store.EVERYBODY, NodeRows.path(node, id)).map(rows::partition);
  }

  @Override
  public List<Partition> partitions(String node) {
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

  /** Nodes speak often, and two of their requests may meet at one row. */
  private <T> T write(Function<Transaction, T> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store.write(Store.EVERYBODY, change::apply);
      } catch (StaleException e) {
        if (attempt == TRIES) throw e;
      }
    }
  }
}
