package io.meltemi.connector.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which addresses may be called: all that belong to the public internet, but for networks that this
 * machine stands in, and whatever an operator opens. Spellings do not matter here, nor forms that
 * wrap one address into another: what is judged is what the kernel is given to connect to.
 */
public final class Destinations {
  /** IANA's special purposes, and the one metadata service that hides at a public address. */
  private static final List<Range> NOT_PUBLIC_V4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /**
   * The only part of IPv6 that is given out; all wrapped and local forms stand outside or below.
   */
  private static final Range PUBLIC_V6 = Range.parse("2000::/3");

  /** Tunnels (Teredo, 6to4), identifiers and examples. */
  private static final List<Range> NOT_PUBLIC_V6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private final List<Range> allowed;
  private final Supplier<List<Range>> own;

  /**
   * @param allowed opened by an operator
   * @param own networks that this machine stands in now
   */
  Destinations(List<Range> allowed, Supplier<List<Range>> own) {
    this.allowed = List.copyOf(allowed);
    this.own = own;
  }

  private static List<Range> ranges(String... texts) {
    return Stream.of(texts).map(Range::parse).toList();
  }

  boolean permit(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) return false;
    return allowed.stream().anyMatch(range -> range.holds(ip, address.getPort()))
        || (isPublic(ip) && own.get().stream().noneMatch(range -> range.holds(ip)));
  }

  private static boolean isPublic(InetAddress ip) {
    if (ip instanceof Inet4Address)
      return NOT_PUBLIC_V4.stream().noneMatch(range -> range.holds(ip));
    return PUBLIC_V6.holds(ip) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.holds(ip));
  }
}
