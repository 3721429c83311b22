package io.meltemi.api.handler;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the pages of others from changing anything with what a browser knows of its user: whatever
 * changes and names an origin must name this server. Programs send no origin.
 */
final class Origins {
  private Origins() {}

  static void check(Ask ask) {
    boolean reads = ask.method().equals("GET") || ask.method().equals("HEAD");
    if (reads || ask.headers().all("Origin").isEmpty()) return;
    String own = URI.create(ask.root()).getRawAuthority();
    boolean ours = ask.headers().all("Origin").stream().allMatch(each -> own.equals(host(each)));
    if (!ours) throw Refuse.foreignOrigin();
  }

  private static String host(String origin) {
    int at = origin.indexOf("://");
    return Optional.of(origin.substring(at + 3))
        .filter(host -> at > 0)
        .map(host -> host.toLowerCase(Locale.ROOT))
        .orElse("");
  }
}
