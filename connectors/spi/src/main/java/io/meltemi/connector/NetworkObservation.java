package io.meltemi.connector;

import io.meltemi.pivot.NetworkState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network as its provider shows it now.
 *
 * @param token the token written on it; empty when it bears none of ours
 * @param state CREATING until machines' cards can be in it
 * @param reason the provider's words on an error, or why it is not finished
 * @param name the provider's name of it
 * @param mtu largest packet in bytes; empty when the provider does not tell
 * @param subnets ranges of its addresses, for instance {@code 10.0.0.0/24}; none where networks
 *     have none
 * @param observed when
 */
public record NetworkObservation(
    Handle handle,
    Optional<Token> token,
    NetworkState state,
    Optional<String> reason,
    String name,
    OptionalLong mtu,
    List<String> subnets,
    Instant observed) {

  public NetworkObservation {
    subnets = List.copyOf(subnets);
  }

  /**
   * What a network is that nobody works on: one that is not finished would be CREATING for ever,
   * and is in ERROR.
   */
  public NetworkObservation settled() {
    if (state != NetworkState.CREATING || !subnets.isEmpty()) return this;
    return new NetworkObservation(
        handle,
        token,
        NetworkState.ERROR,
        reason.or(() -> Optional.of("it has no range of addresses; delete it")),
        name,
        mtu,
        subnets,
        observed);
  }
}
