package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/**
 * What community nodes shall hold and what they reported of it: rows in the broker's store, as
 * {@link NodeRecords} are. Every change is stored when its method returns.
 */
public interface NodePartitions {
  /**
   * One partition of a node: a machine, an image, a volume … there.
   *
   * @param number the node's wantedNumber when the wanted row was last written
   * @param wanted what it shall be
   * @param reported what the node last said of it; empty before the first time
   */
  record Partition(
      String node, String id, Token token, long number, String wanted, Optional<String> reported) {}

  /**
   * Stores what a partition shall be, a new one's or a known one's, whose report stays; returns the
   * node's new wanted number. There must be such a node.
   */
  long want(String node, String partition, Token token, String wanted);

  /**
   * Stores what a node said of its partition. The same report again changes nothing.
   *
   * @return false, and nothing stored, when nobody wanted such a partition
   */
  boolean reported(String node, String partition, String report);

  /** Removes a partition that is gone from its node. Succeeds when there is none. */
  void forget(String node, String partition);

  /** The partition as it was last stored; empty when there is none. */
  Optional<Partition> read(String node, String id);

  /** All partitions of a node, by id; none when there is no such node. */
  List<Partition> of(String node);

  /** Partitions bearing exactly this token, on whatever node. */
  List<Partition> find(Token token);
}
