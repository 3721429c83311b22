package io.meltemi.connector.node;

/**
 * @param node id that the broker gave
 */
public record EnrolAnswer(String node) {
  public EnrolAnswer {
    Limits.id("node", node);
  }
}
