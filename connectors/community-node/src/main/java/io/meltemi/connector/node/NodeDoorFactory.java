package io.meltemi.connector.node;

import io.meltemi.connector.NodeDoor;
import io.meltemi.connector.NodeRecords;
import java.time.Duration;
import java.util.Map;

/** Opens the broker's end of the node protocol. */
public final class NodeDoorFactory implements NodeDoor.Factory {
  @Override
  public NodeDoor open(NodeRecords records, Duration hold, Duration lease) {
    return new Door(new NodeProtocol(records, hold, lease));
  }

  private record Door(NodeProtocol protocol) implements NodeDoor {
    @Override
    public int mostBytes() {
      return Wire.MOST_BYTES;
    }

    @Override
    public Answer answer(String method, String path, Map<String, String> headers, byte[] body) {
      NodeProtocol.Answer answer = protocol.answer(method, path, headers, body);
      return new Answer(answer.status(), answer.body());
    }

    @Override
    public void close() {
      protocol.close();
    }
  }
}
