package io.meltemi.connector;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param attributes what the provider shows of it beyond what CIMI has a word for: names and values
 *     that others gave it there, without what the broker itself wrote; cut to what {@link
 *     ProviderAttributes} keeps
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
    Instant observed,
    Map<String, String> attributes) {

  public Observation {
    addresses = List.copyOf(addresses);
    endpoints = List.copyOf(endpoints);
    attributes = ProviderAttributes.kept(attributes);
  }

  /** A machine of a provider that shows nothing beyond CIMI's words. */
  public Observation(
      Handle handle,
      Optional<Token> token,
      MachineState state,
      Optional<String> reason,
      String name,
      Optional<Amount> shape,
      List<Address> addresses,
      List<Endpoint> endpoints,
      Instant observed) {
    this(handle, token, state, reason, name, shape, addresses, endpoints, observed, Map.of());
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
