package io.meltemi.connector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The community nodes: rows in the broker's store. Any replica serves any node through them and a
 * restart loses nothing. Documents are JSON text of the node driver; the store does not look
 * inside.
 */
public interface NodeRecords {
  /**
   * A node.
   *
   * @param enrolment the id by which a repeated enrolment is known again
   * @param publicKey X.509, Base64
   * @param counter highest number of a request that was accepted; never goes back
   * @param wantedNumber grows with every change of a wanted row of the node
   * @param report the node's last report on itself; empty before the first
   * @param seen when the node was last heard
   */
  record Node(
      String id,
      String name,
      String enrolment,
      String publicKey,
      long counter,
      long wantedNumber,
      Optional<String> report,
      Instant seen) {}

  /**
   * Uses up a one-time join token and stores the node. The same enrolment id with the same key gets
   * the same node again.
   *
   * @return empty when the join token is unknown, used by another enrolment, or over
   */
  Optional<Node> enrol(String joinToken, String enrolment, String publicKey, String name);

  /** Every node that was ever enrolled and not removed, whether or not it is heard now. */
  List<Node> nodes();

  /** The node as it was last stored; empty when there is none of that id. */
  Optional<Node> node(String id);

  /**
   * Accepts a request's number, notes that the node was heard now and stores its report on itself,
   * if it is given. Changes nothing for a number that it does not accept.
   *
   * @return false when the number is not higher than every one before, a replay, or when there is
   *     no such node
   */
  boolean heard(String node, long counter, Optional<String> report);

  /** What the nodes shall hold. */
  NodePartitions partitions();

  /**
   * Calls {@code changed} with the node's id after a wanted or reported row of it has changed, on
   * whatever replica; calls may be doubled. It must not wait for long.
   *
   * @return closes the subscription
   */
  AutoCloseable onChange(Consumer<String> changed);
}
