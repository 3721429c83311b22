package io.meltemi.broker.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meltemi.broker.Caller;
import io.meltemi.connector.NodeRecords;
import io.meltemi.model.Resource;
import java.util.List;
import java.util.Optional;

/** Members' computers as they reported themselves; for those who run the house. */
final class NodeHandler extends DerivedHandler {
  private final Optional<NodeRecords> nodes;
  private final ObjectMapper mapper = new ObjectMapper();

  NodeHandler(Optional<NodeRecords> nodes) {
    this.nodes = nodes;
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    if (!caller.operator()) {
      return List.of();
    }
    return nodes.stream()
        .flatMap(records -> records.nodes().stream().map(node -> node(place, records, node)))
        .toList();
  }

  private Resource node(Place place, NodeRecords records, NodeRecords.Node node) {
    ObjectNode attributes = named(node.name()).put("seen", node.seen().toString());
    attributes.put("partitions", records.partitions().of(node.id()).size());
    node.report().ifPresent(report -> attributes.set("report", read(report)));
    return resource(place.kind(), "nodes/" + node.id(), attributes);
  }

  /** A report is the node's own text and shown as it is where it is no JSON. */
  private JsonNode read(String report) {
    try {
      return mapper.readTree(report);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(report);
    }
  }
}
