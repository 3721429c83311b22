package io.meltemi.webapp.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Where and how the server listens.
 *
 * @param port 0 takes a free one
 * @param tls empty for plain HTTP
 * @param publicUrl beginning of all absolute URIs, with a slash at its end; empty takes the
 *     connection's own address
 * @param hosts names and addresses (without port) that the header {@code Host} may carry; a foreign
 *     one is refused, so that a web page cannot reach us under its own name
 * @param limits what a client may ask of a connection
 */
public record HttpSettings(
    InetAddress listen,
    int port,
    Optional<SSLContext> tls,
    Optional<URI> publicUrl,
    Set<String> hosts,
    Limits limits) {

  public HttpSettings {
    hosts = Set.copyOf(hosts);
  }

  /**
   * Limits of the server.
   *
   * @param connections open at one time
   * @param headerBytes all headers of a request together
   * @param lineBytes request line
   * @param idle a connection without a request is closed after this
   * @param headerTime from the first byte of a request to the end of its headers
   * @param bodyTime from the end of the headers to the end of the body
   * @param writeTime for one write of an answer to be taken
   * @param drain for running requests to end when the server stops
   */
  public record Limits(
      int connections,
      int headerBytes,
      int lineBytes,
      Duration idle,
      Duration headerTime,
      Duration bodyTime,
      Duration writeTime,
      Duration drain) {
    public static final Limits DEFAULT =
        new Limits(
            4096,
            16 * 1024,
            8 * 1024,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));
  }
}
