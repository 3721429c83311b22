package io.meltemi.connector;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A range of IPv4 addresses, such as {@code 10.0.0.0/24}: the words in which orders name one, and
 * the choice of one where they do not.
 *
 * @param first the first address, as a number
 * @param prefix how many bits all of them share
 */
public record AddressRange(long first, int prefix) {
  /** So many private ranges of 254 machines there are from 10.64.0.0. */
  private static final int CANDIDATES = 64 * 256;

  private static final AddressRange LINK_LOCAL = new AddressRange(169L << 24 | 254L << 16, 16);

  private static final long FROM = 10L << 24 | 64L << 16;

  /** Empty for what is no IPv4 range, or begins in the middle of one. */
  public static Optional<AddressRange> parse(String cidr) {
    if (!cidr.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}")) return Optional.empty();
    String[] parts = cidr.split("[./]");
    long first = 0;
    for (int i = 0; i < 4; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part > 255) return Optional.empty();
      first = first << 8 | part;
    }
    int prefix = Integer.parseInt(parts[4]);
    if (prefix > 32 || first % size(prefix) != 0) return Optional.empty();
    return Optional.of(new AddressRange(first, prefix));
  }

  /** False for what no network can have: this host, its loopback, link-local, groups, reserved. */
  public boolean usable() {
    long top = first >> 24;
    return top != 0 && top != 127 && top < 224 && !overlaps(LINK_LOCAL);
  }

  private static long size(int prefix) {
    return 1L << 32 - prefix;
  }

  public boolean overlaps(AddressRange other) {
    return first < other.first + size(other.prefix) && other.first < first + size(prefix);
  }

  /**
   * A private range that overlaps none of the taken ones: always the same for the same token among
   * the same ranges.
   *
   * @param taken in words; what is no IPv4 range counts for nothing
   * @throws ConnectorException with CAPACITY when there is none left
   */
  public static AddressRange free(Token token, Collection<String> taken) {
    List<AddressRange> known = taken.stream().flatMap(words -> parse(words).stream()).toList();
    int start = Math.floorMod(token.value().hashCode(), CANDIDATES);
    for (int i = 0; i < CANDIDATES; i++) {
      AddressRange next = new AddressRange(FROM + ((start + i) % CANDIDATES << 8), 24);
      if (known.stream().noneMatch(next::overlaps)) return next;
    }
    throw new ConnectorException(Fault.CAPACITY, "every private range from 10.64.0.0 is taken");
  }

  /** For instance {@code 10.0.0.0/24}. */
  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(first >> 24 & 255, first >> 16 & 255, first >> 8 & 255, first & 255, prefix);
  }
}
