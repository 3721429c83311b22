package io.meltemi.connector.scripted;

import io.meltemi.connector.Inventory;
import io.meltemi.pivot.NetworkState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A network that was made in the scripted cloud.
 *
 * @param request what was asked for
 * @param subnet the range of its addresses; empty where networks have none
 * @param until when what is under way is over; empty when nothing is
 * @param reason why it is, or will be, in ERROR
 */
public record ScriptedNetwork(
    String id,
    Change.CreateNetwork request,
    Optional<String> subnet,
    NetworkState state,
    Optional<Instant> until,
    Optional<String> reason) {

  ScriptedNetwork becomes(NetworkState now, Optional<Instant> over) {
    return new ScriptedNetwork(id, request, subnet, now, over, reason);
  }

  ScriptedNetwork because(String why) {
    return new ScriptedNetwork(id, request, subnet, state, until, Optional.of(why));
  }

  /** As machines' cards find it. */
  Inventory.Network facts() {
    return new Inventory.Network(
        id, request.name(), false, true, OptionalLong.empty(), subnet.stream().toList(), Set.of());
  }
}
