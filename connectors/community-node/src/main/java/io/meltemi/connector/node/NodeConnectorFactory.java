package io.meltemi.connector.node;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account that stands for all community nodes of a broker. */
public final class NodeConnectorFactory implements ConnectorFactory {
  private static final Setting SILENCE =
      new Setting(
          "silenceSeconds",
          "a node that was not heard for so long gets no new machines",
          false,
          false,
          Optional.of("60"));

  @Override
  public String name() {
    return "community-node";
  }

  @Override
  public List<Setting> settings() {
    return List.of(SILENCE);
  }

  @Override
  public Connector open(Map<String, String> settings, Context context) {
    String seconds = settings.getOrDefault(SILENCE.name(), SILENCE.fallback().orElseThrow());
    if (!seconds.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("silenceSeconds must be 1 to 999999, was " + seconds);
    }
    NodeDirectory directory =
        new NodeDirectory(
            context
                .nodes()
                .orElseThrow(
                    () -> new IllegalArgumentException("this broker keeps no rows of nodes")),
            context.clock(),
            Duration.ofSeconds(Long.parseLong(seconds)));
    return new NodeConnector(directory);
  }
}
