package io.meltemi.pivot;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One place and size where a machine may run: a flavor in a zone, a member's node, a cluster.
 *
 * @param id unique among all offers: account, location and size
 * @param account id of the provider account
 * @param connector name of the connector that reaches it, for instance {@code openstack}
 * @param location where it stands
 * @param size the provider's id of the size (a flavor); empty where sizes are free
 * @param shape what one machine of this size gets; with {@link Capability#FREE_SIZE} the most that
 *     one machine may ask
 * @param cpuArchitecture as CIMI names it, for instance {@code x86_64}
 * @param free capacity left at this location; {@link Amount#UNLIMITED} where unknown
 * @param quotaLeft what the account may still use; {@link Amount#UNLIMITED} where there is no quota
 * @param images by our id, the images present there
 * @param abilities what works there
 * @param price empty when unknown: unknown is not zero
 * @param observed when the provider told these facts
 */
public record Offer(
    String id,
    String account,
    String connector,
    Location location,
    Optional<String> size,
    Amount shape,
    Optional<String> cpuArchitecture,
    Amount free,
    Amount quotaLeft,
    Map<String, Image> images,
    Set<Capability> abilities,
    Optional<Price> price,
    Instant observed) {

  public Offer {
    images = Map.copyOf(images);
    abilities = Set.copyOf(abilities);
  }

  /**
   * A provider's copy of an image.
   *
   * @param id the provider's
   * @param leastMemoryKibibytes below it the image does not boot; 0 when unknown
   * @param leastDiskKilobytes least size of the first disk; 0 when unknown
   */
  public record Image(String id, long leastMemoryKibibytes, long leastDiskKilobytes) {}

  /** What a machine of this order takes here: its own wish where sizes are free, else the size. */
  public Amount taken(MachineOrder order) {
    return abilities.contains(Capability.FREE_SIZE) ? order.amount() : shape;
  }
}
