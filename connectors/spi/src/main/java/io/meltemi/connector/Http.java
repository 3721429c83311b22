package io.meltemi.connector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * HTTP to the addresses that {@link Outgoing} lets pass. A request is sent once, by whatever
 * method; no redirect is followed, no cookie kept, no proxy used.
 */
public interface Http extends AutoCloseable {
  /** The longest body of an answer, in bytes. */
  long LONGEST = 16L << 20;

  /**
   * Sends and waits for the whole answer.
   *
   * @throws NoAnswerException when none came, or none that could be read
   * @throws UntrustedException when the other side is not who it should be; nothing was sent then
   */
  Answer send(Request request) throws IOException;

  /** Ends all connections, those under way too. */
  @Override
  void close();

  /**
   * @param headers without those that belong to the connection or tell the body's length
   * @param body empty for none
   * @param limit for the whole answer, its last byte included
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Request(
      String method, URI address, Map<String, List<String>> headers, byte[] body, Duration limit) {}

  /**
   * @param body at most {@link #LONGEST} bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Answer(int status, HttpHeaders headers, byte[] body) {}
}
