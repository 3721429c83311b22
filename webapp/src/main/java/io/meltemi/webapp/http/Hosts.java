package io.meltemi.webapp.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Under which names the server answers, and the base of absolute URIs that follows from the name
 * that a client used.
 */
public final class Hosts {
  /** Ports vary, so the number of authorities of a host is bounded here. */
  private static final int MOST_BASES = 256;

  /** A host and a port, and nothing that a URI would read as something else. */
  private static final Pattern WRITTEN =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

  private final Set<String> known;
  private final Optional<URI> publicUrl;
  private final String scheme;
  private final Map<String, URI> bases = new ConcurrentHashMap<>();

  /**
   * @param known names and addresses, in small letters and without port
   * @param publicUrl base of all URIs, whatever name a client used
   */
  public Hosts(Set<String> known, Optional<URI> publicUrl, boolean tls) {
    this.known = known;
    this.publicUrl = publicUrl;
    this.scheme = tls ? "https://" : "http://";
  }

  /**
   * The base of a request's URIs; empty when the server does not answer to that name.
   *
   * @param authority value of the header {@code Host} or {@code :authority}
   */
  public Optional<URI> base(String authority) {
    URI remembered = bases.get(authority);
    if (remembered != null) return Optional.of(remembered);
    if (!WRITTEN.matcher(authority).matches() || !known.contains(host(authority))) {
      return Optional.empty();
    }
    URI base = publicUrl.orElseGet(() -> URI.create(scheme + authority + "/"));
    if (bases.size() < MOST_BASES) bases.put(authority, base);
    return Optional.of(base);
  }

  private static String host(String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    int end = lower.startsWith("[") ? lower.indexOf(']') + 1 : lower.lastIndexOf(':');
    return end > 0 ? lower.substring(0, end) : lower;
  }
}
