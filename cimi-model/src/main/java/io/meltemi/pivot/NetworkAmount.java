package io.meltemi.pivot;

/**
 * An amount of networking: what an order takes, what a quota allows, what is left of it.
 *
 * @param networks how many networks
 * @param subnets how many ranges of addresses
 * @param ports how many cards of machines
 * @param addresses how many floating addresses
 */
public record NetworkAmount(long networks, long subnets, long ports, long addresses) {
  public static final NetworkAmount NONE = new NetworkAmount(0, 0, 0, 0);

  /** No limit known or set. */
  public static final NetworkAmount UNLIMITED =
      new NetworkAmount(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** What is left after {@code other} is taken; never below zero. */
  public NetworkAmount minus(NetworkAmount other) {
    return new NetworkAmount(
        rest(networks, other.networks),
        rest(subnets, other.subnets),
        rest(ports, other.ports),
        rest(addresses, other.addresses));
  }

  private static long rest(long left, long right) {
    return left == Long.MAX_VALUE ? left : Math.max(0, left - right);
  }
}
