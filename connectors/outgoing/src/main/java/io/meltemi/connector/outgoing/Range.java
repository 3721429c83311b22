package io.meltemi.connector.outgoing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a common beginning, and ports of them.
 *
 * @param network an address of the network, the other bits are not looked at
 * @param bits how many bits are common
 */
public record Range(InetAddress network, int bits, int firstPort, int lastPort) {
  private static final int LAST_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([0-9.]+)|\\[([0-9a-fA-F:.]+)])(?:/([0-9]{1,3}))?(?::([0-9]+)(?:-([0-9]+))?)?");

  public Range {
    int most = network.getAddress().length * 8;
    if (bits < 0 || bits > most || firstPort < 1 || lastPort > LAST_PORT || firstPort > lastPort) {
      throw wrong();
    }
  }

  /** All ports of a network. */
  static Range of(InetAddress network, int bits) {
    return new Range(network, bits, 1, LAST_PORT);
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 127.0.0.1:5000}, {@code 127.0.0.1:5000-5010}, {@code
   * fd00::/8}, {@code [::1]:443}, {@code [fd00::]/8:443}.
   *
   * @throws IllegalArgumentException for anything else, names too: a name leads elsewhere tomorrow
   */
  public static Range parse(String text) {
    boolean brackets = text.startsWith("[");
    boolean plainSix = !brackets && text.chars().filter(each -> each == ':').count() > 1;
    Matcher form = FORM.matcher(plainSix ? "[" + text.replaceFirst("(/[0-9]+)?$", "]$1") : text);
    if (!form.matches()) throw wrong();
    InetAddress network = literal(form.group(1), form.group(2));
    int bits = form.group(3) == null ? network.getAddress().length * 8 : number(form.group(3));
    int first = form.group(4) == null ? 1 : number(form.group(4));
    int last =
        form.group(5) != null ? number(form.group(5)) : form.group(4) != null ? first : LAST_PORT;
    return new Range(network, bits, first, last);
  }

  private static InetAddress literal(@Nullable String four, @Nullable String six) {
    try {
      if (four != null && four.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}")) {
        return Inet4Address.ofLiteral(four);
      }
      if (six != null) return Inet6Address.ofLiteral(six);
      throw wrong();
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  private static int number(String digits) {
    return digits.length() > 5 ? -1 : Integer.parseInt(digits);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "wants addresses or networks, with ports if only those are meant, such as"
            + " 10.0.0.0/8, 127.0.0.1:5000 or [fd00::]/8:8000-8999");
  }

  boolean holds(InetAddress address, int port) {
    return firstPort <= port && port <= lastPort && holds(address);
  }

  boolean holds(InetAddress address) {
    byte[] one = network.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) return false;
    int whole = bits / 8;
    int rest = 0xff << (8 - bits % 8);
    return Arrays.equals(one, 0, whole, other, 0, whole)
        && (bits % 8 == 0 || (one[whole] & rest) == (other[whole] & rest));
  }

  @Override
  public String toString() {
    String ports = firstPort == 1 && lastPort == LAST_PORT ? "" : ":" + firstPort + "-" + lastPort;
    return network.getHostAddress() + "/" + bits + ports;
  }
}
