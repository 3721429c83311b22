package io.meltemi.broker.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.NodePartitions.Partition;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Token;
import java.time.Instant;
import java.util.Optional;

/**
 * Nodes and partitions as rows: what they are stands under {@code _}. What a partition shall be may
 * hold the user's data and keys, so it is sealed.
 */
record NodeRows(Secrets secrets) {
  static final String NODE = "NodeRecord";
  static final String PARTITION = "PartitionRecord";

  static String path(String node) {
    return "nodeRecords/" + node;
  }

  static String path(String node, String partition) {
    return path(node) + "/partitions/" + partition;
  }

  /** The node that a row, of itself or of its partitions, belongs to. */
  static String nodeOf(String path) {
    return path.split("/", 3)[1];
  }

  static Row row(Node node, Instant now) {
    return new Row(
        path(node.id()),
        Row.HOUSE,
        NODE,
        Optional.empty(),
        node.name(),
        "",
        now,
        now,
        1,
        document(node));
  }

  static ObjectNode document(Node node) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = document.putObject("_");
    inner.put("enrolment", node.enrolment()).put("publicKey", node.publicKey());
    inner.put("counter", node.counter()).put("wantedNumber", node.wantedNumber());
    inner.put("seen", node.seen().toString());
    node.report().ifPresent(report -> inner.put("report", report));
    return document;
  }

  static Node node(Row row) {
    ObjectNode inner = row.inner();
    return new Node(
        nodeOf(row.id()),
        row.name(),
        inner.path("enrolment").asText(),
        inner.path("publicKey").asText(),
        inner.path("counter").asLong(),
        inner.path("wantedNumber").asLong(),
        text(inner.path("report")),
        Instant.parse(inner.path("seen").asText()));
  }

  Row row(Partition partition, Instant now) {
    return new Row(
        path(partition.node(), partition.id()),
        Row.HOUSE,
        PARTITION,
        Optional.of(path(partition.node())),
        partition.token().value(),
        "",
        now,
        now,
        1,
        document(partition));
  }

  ObjectNode document(Partition partition) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = document.putObject("_");
    inner.put("id", partition.id()).put("token", partition.token().value());
    inner.put("number", partition.number());
    inner.put("wanted", secrets.seal(purpose(partition), partition.wanted()));
    partition.reported().ifPresent(reported -> inner.put("reported", reported));
    return document;
  }

  Partition partition(Row row) {
    ObjectNode inner = row.inner();
    String node = nodeOf(row.id());
    String id = inner.path("id").asText();
    return new Partition(
        node,
        id,
        new Token(inner.path("token").asText()),
        inner.path("number").asLong(),
        secrets.open(path(node, id), inner.path("wanted").asText()),
        text(inner.path("reported")));
  }

  private static String purpose(Partition partition) {
    return path(partition.node(), partition.id());
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.ofNullable(node.textValue());
  }
}
