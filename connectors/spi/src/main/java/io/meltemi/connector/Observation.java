package io.meltemi.connector;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine as its provider shows it now.
 *
 * @param token the token written on it; empty when it bears none of ours
 * @param state what the provider says, in CIMI's words
 * @param reason the provider's words on an error
 * @param name the provider's name of it
 * @param shape what it really got; empty when the provider does not tell
 * @param addresses IP addresses, the most useful first
 * @param endpoints ports of the guest and where they answer
 * @param observed when
 */
public record Observation(
    Handle handle,
    Optional<Token> token,
    MachineState state,
    Optional<String> reason,
    String name,
    Optional<Amount> shape,
    List<Address> addresses,
    List<Endpoint> endpoints,
    Instant observed) {

  public Observation {
    addresses = List.copyOf(addresses);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * @param ip literal, IPv4 or IPv6
   * @param network the provider's name of the network
   * @param mac hardware address, empty when unknown
   */
  public record Address(String ip, String network, Optional<String> mac) {}

  /**
   * Where a port of the guest can be reached.
   *
   * @param protocol {@code tcp} or {@code udp}
   * @param host address to connect to
   * @param port port to connect to
   */
  public record Endpoint(int guestPort, String protocol, String host, int port) {}
}
