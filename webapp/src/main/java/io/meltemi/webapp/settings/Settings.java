package io.meltemi.webapp.settings;

import io.meltemi.connector.outgoing.Range;
import io.meltemi.placement.RuleSet;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set.
 *
 * @param data folder that holds all there is
 * @param masterKeyFile where the master key stands when not in the data folder
 * @param ruleSets of match-making, beyond the one that holds all rules
 */
public record Settings(
    Path data,
    Optional<Path> masterKeyFile,
    Http http,
    Store store,
    Retention retention,
    Node node,
    Log log,
    List<RuleSet> ruleSets,
    List<Plugin> plugins,
    List<Range> outgoingAllow) {
  public Settings {
    ruleSets = List.copyOf(ruleSets);
    plugins = List.copyOf(plugins);
    outgoingAllow = List.copyOf(outgoingAllow);
  }

  /**
   * The doors.
   *
   * @param listen address of this machine
   * @param publicUrl beginning of all URIs that are handed out; empty takes the connection's own
   * @param hosts further names under which the server answers
   * @param behindProxy TLS ends before us, so plain HTTP is in order on other addresses
   * @param certificate PEM file with the certificate and its chain
   * @param key PEM file with the certificate's private key
   * @param streamsPerUser event streams that one user may hold open
   */
  public record Http(
      InetAddress listen,
      int port,
      Optional<URI> publicUrl,
      List<String> hosts,
      boolean behindProxy,
      Optional<Path> certificate,
      Optional<Path> key,
      int streamsPerUser) {
    public Http {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Where the book is kept.
   *
   * @param url JDBC URL of a PostgreSQL database; empty for the embedded one
   */
  public record Store(Optional<String> url, String user, Optional<Path> passwordFile) {}

  /** How long what is over is kept. */
  public record Retention(
      Duration jobs,
      Duration events,
      Duration decisions,
      Duration idempotencyKeys,
      Duration facts) {}

  /**
   * The community node on this machine.
   *
   * @param embedded whether one is started
   * @param install whether programs that it lacks are installed
   */
  public record Node(boolean embedded, boolean install) {}

  /**
   * @param level error, warn, info, debug or trace
   * @param json one JSON object a line instead of text
   */
  public record Log(String level, boolean json) {}
}
