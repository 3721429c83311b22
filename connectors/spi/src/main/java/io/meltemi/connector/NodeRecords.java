package io.meltemi.connector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What community nodes shall do and what they reported: rows in the broker's store. Any replica
 * serves any node through them and a restart loses nothing. Documents are JSON text of the node
 * driver; the store does not look inside.
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
   * One partition of a node: a machine or an image there.
   *
   * @param number the node's wantedNumber when the wanted row was last written
   * @param wanted what it shall be
   * @param reported what the node last said of it; empty before the first time
   */
  record Partition(
      String node, String id, Token token, long number, String wanted, Optional<String> reported) {}

  /**
   * Uses up a one-time join token and stores the node. The same enrolment id with the same key gets
   * the same node again.
   *
   * @return empty when the join token is unknown, used by another enrolment, or over
   */
  Optional<Node> enrol(String joinToken, String enrolment, String publicKey, String name);

  List<Node> nodes();

  Optional<Node> node(String id);

  /**
   * Accepts a request's number and stores the node's report on itself, if it is given.
   *
   * @return false when the number is not higher than every one before: a replay
   */
  boolean heard(String node, long counter, Optional<String> report);

  /** Stores what a partition shall be; returns the node's new wanted number. */
  long want(String node, String partition, Token token, String wanted);

  /**
   * Stores what a node said of its partition; unknown partitions are kept away and false returned.
   */
  boolean reported(String node, String partition, String report);

  /** Removes a partition that is gone from its node. */
  void forget(String node, String partition);

  Optional<Partition> partition(String node, String id);

  /** All partitions of a node, by id. */
  List<Partition> partitions(String node);

  /** Partitions bearing the token, on whatever node. */
  List<Partition> find(Token token);

  /**
   * Calls {@code changed} with the node's id after a wanted or reported row of it has changed, on
   * whatever replica.
   *
   * @return closes the subscription
   */
  AutoCloseable onChange(Consumer<String> changed);
}
