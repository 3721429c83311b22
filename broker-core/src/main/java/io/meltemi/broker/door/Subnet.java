package io.meltemi.broker.door;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses such as {@code 10.0.0.0/24}.
 *
 * @param address the first one
 * @param prefix how many bits all of them share
 */
record Subnet(InetAddress address, int prefix) {
  /** Empty for what is no range: providers may tell anything. Names are never looked up. */
  static Optional<Subnet> parse(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0 || !cidr.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(cidr.substring(slash + 1));
    return literal(cidr.substring(0, slash))
        .filter(address -> prefix <= address.getAddress().length * 8)
        .map(address -> new Subnet(address, prefix));
  }

  static Optional<InetAddress> literal(String ip) {
    try {
      return Optional.of(InetAddress.ofLiteral(ip));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String protocol() {
    return address.getAddress().length == 4 ? "IPv4" : "IPv6";
  }

  boolean contains(String ip) {
    return literal(ip)
        .filter(other -> other.getAddress().length == address.getAddress().length)
        .filter(other -> shared(other).equals(shared(address)))
        .isPresent();
  }

  /** The bits that all addresses share. */
  private BigInteger shared(InetAddress some) {
    int bits = some.getAddress().length * 8;
    return new BigInteger(1, some.getAddress()).shiftRight(bits - prefix);
  }

  /** Of IPv4, for instance {@code 255.255.255.0}. */
  String netmask() {
    int bits = address.getAddress().length * 8;
    BigInteger ones = BigInteger.ONE.shiftLeft(prefix).subtract(BigInteger.ONE);
    byte[] mask = new byte[address.getAddress().length];
    byte[] all = ones.shiftLeft(bits - prefix).toByteArray();
    for (int i = 1; i <= mask.length && i <= all.length; i++) {
      mask[mask.length - i] = all[all.length - i];
    }
    try {
      return InetAddress.getByAddress(mask).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a mask is as long as an address", e);
    }
  }

  /** Of letters that a path bears, and different for different ranges. */
  String inPath() {
    return address.getHostAddress().replace(':', '.') + "-" + prefix;
  }
}
