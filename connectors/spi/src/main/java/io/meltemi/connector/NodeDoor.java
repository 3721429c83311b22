package io.meltemi.connector;

import java.time.Duration;
import java.util.Map;

/**
 * The broker's end of the node protocol. Whoever serves HTTP passes requests to {@code /node/1/…}
 * through and sends back what comes out.
 */
public interface NodeDoor extends AutoCloseable {
  /** Opens the protocol over a broker's rows. Found by {@link java.util.ServiceLoader}. */
  interface Factory {
    /**
     * @param hold how long a request with nothing new is held open
     * @param lease how long a silent node counts as present; several times {@code hold}
     */
    NodeDoor open(NodeRecords records, Duration hold, Duration lease);
  }

  /**
   * What is sent back.
   *
   * @param status HTTP status
   * @param body JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Answer(int status, byte[] body) {}

  /** Longest body of a request; what is longer is refused. */
  int mostBytes();

  /**
   * Answers; may wait as long as {@code hold}. Never throws.
   *
   * @param headers names in lower case
   */
  Answer answer(String method, String path, Map<String, String> headers, byte[] body);

  /** Lets go of requests that are held open. */
  @Override
  void close();
}
