package io.meltemi.connector.node;

import io.meltemi.connector.NodePartitions;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.Token;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rows of nodes in memory. */
public final class MemoryNodeRecords implements NodeRecords, NodePartitions {
  private final Clock clock;
  private final Set<String> joinTokens = new TreeSet<>();
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Partition> partitions = new TreeMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  public MemoryNodeRecords(Clock clock) {
    this.clock = clock;
  }

  public synchronized void invite(String joinToken) {
    joinTokens.add(joinToken);
  }

  @Override
  public synchronized Optional<Node> enrol(
      String joinToken, String enrolment, String publicKey, String name) {
    Optional<Node> known =
        nodes.values().stream().filter(node -> node.enrolment().equals(enrolment)).findFirst();
    if (known.isPresent()) {
      return known.filter(node -> node.publicKey().equals(publicKey));
    }
    if (!joinTokens.remove(joinToken)) {
      return Optional.empty();
    }
    String id = "node-" + (nodes.size() + 1);
    Node node = new Node(id, name, enrolment, publicKey, 0, 0, Optional.empty(), clock.instant());
    nodes.put(id, node);
    return Optional.of(node);
  }

  @Override
  public synchronized List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  @Override
  public synchronized Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  @Override
  public synchronized boolean heard(String id, long counter, Optional<String> report) {
    Node node = nodes.get(id);
    if (node == null || counter <= node.counter()) {
      return false;
    }
    Optional<String> told = report.isPresent() ? report : node.report();
    nodes.put(
        id,
        new Node(
            id,
            node.name(),
            node.enrolment(),
            node.publicKey(),
            counter,
            node.wantedNumber(),
            told,
            clock.instant()));
    return true;
  }

  @Override
  public NodePartitions partitions() {
    return this;
  }

  @Override
  public long want(String id, String partition, Token token, String wanted) {
    long number;
    synchronized (this) {
      Node node = node(id).orElseThrow();
      number = node.wantedNumber() + 1;
      nodes.put(
          id,
          new Node(
              id,
              node.name(),
              node.enrolment(),
              node.publicKey(),
              node.counter(),
              number,
              node.report(),
              node.seen()));
      Optional<String> reported = read(id, partition).flatMap(Partition::reported);
      partitions.put(
          id + "/" + partition, new Partition(id, partition, token, number, wanted, reported));
    }
    tell(id);
    return number;
  }

  @Override
  public boolean reported(String node, String partition, String report) {
    synchronized (this) {
      Partition row = partitions.get(node + "/" + partition);
      if (row == null) {
        return false;
      }
      partitions.put(
          node + "/" + partition,
          new Partition(
              node, partition, row.token(), row.number(), row.wanted(), Optional.of(report)));
    }
    tell(node);
    return true;
  }

  private void tell(String node) {
    listeners.forEach(listener -> listener.accept(node));
  }

  @Override
  public synchronized void forget(String node, String partition) {
    partitions.remove(node + "/" + partition);
  }

  @Override
  public synchronized Optional<Partition> read(String node, String id) {
    return Optional.ofNullable(partitions.get(node + "/" + id));
  }

  @Override
  public synchronized List<Partition> of(String node) {
    return partitions.values().stream().filter(row -> row.node().equals(node)).toList();
  }

  @Override
  public synchronized List<Partition> find(Token token) {
    return new ArrayList<>(
        partitions.values().stream().filter(row -> row.token().equals(token)).toList());
  }

  @Override
  public AutoCloseable onChange(Consumer<String> changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }
}
