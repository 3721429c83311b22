package io.meltemi.pivot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One place and size where a machine may run: a flavor in a zone, a member's node, a cluster. Or
 * one place and type of which a volume may be, or a place where a network can be made.
 *
 * @param id unique among all offers: account, location and size
 * @param account id of the provider account
 * @param connector name of the connector that reaches it, for instance {@code openstack}
 * @param location where it stands
 * @param size the provider's id of the size (a flavor) or volume type; empty where there is no
 *     choice
 * @param sizeName what the provider calls that size; empty where there is no choice, and of volumes
 * @param shape what one machine of this size gets; with {@link Capability#FREE_SIZE}, and for a
 *     volume, the most that one may ask
 * @param cpuArchitecture as CIMI names it, for instance {@code x86_64}
 * @param free capacity left at this location; {@link Amount#UNLIMITED} where unknown
 * @param quotaLeft what the account may still use; {@link Amount#UNLIMITED} where there is no quota
 * @param images by our id, the images present there
 * @param abilities what works there
 * @param price of the machine, or of 1,000,000 kB of a volume; empty when unknown: unknown is not
 *     zero
 * @param observed when the provider told these facts
 * @param sort what it is an offer of
 * @param networks the provider's ids, by our id, of the networks that a machine's cards can be in
 * @param mostCards most network cards of one machine; {@link Integer#MAX_VALUE} where no limit is
 *     known
 * @param networkLeft what the account may still have of networks, their ports and floating
 *     addresses; without limit where there is no quota or none is told
 * @param volumeType of a volume
 * @param confidence how far {@code free}, {@code quotaLeft} and {@code networkLeft} can be relied
 *     on; all else as far as {@link Confidence#told}
 */
public record Offer(
    String id,
    String account,
    String connector,
    Location location,
    Optional<String> size,
    Optional<String> sizeName,
    Amount shape,
    Optional<String> cpuArchitecture,
    Amount free,
    Amount quotaLeft,
    Map<String, Image> images,
    Set<Capability> abilities,
    Optional<Price> price,
    Instant observed,
    Sort sort,
    Map<String, String> networks,
    int mostCards,
    NetworkAmount networkLeft,
    Optional<VolumeType> volumeType,
    Confidence confidence) {

  /**
   * What a volume would be.
   *
   * @param name the provider's
   * @param apart true when its volumes take of what the type has free, and of nothing else
   */
  public record VolumeType(String name, boolean apart) {}

  /** What can be offered. */
  public enum Sort {
    MACHINE,
    VOLUME,
    NETWORK
  }

  public Offer {
    images = Map.copyOf(images);
    abilities = Set.copyOf(abilities);
    networks = Map.copyOf(networks);
  }

  /** An offer of a nameless size, without networks to choose, confirmed. */
  public Offer(
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
      Instant observed,
      Sort sort) {
    this(
        id,
        account,
        connector,
        location,
        size,
        Optional.empty(),
        shape,
        cpuArchitecture,
        free,
        quotaLeft,
        images,
        abilities,
        price,
        observed,
        sort,
        Map.of(),
        Integer.MAX_VALUE,
        NetworkAmount.UNLIMITED,
        Optional.empty(),
        Confidence.CONFIRMED);
  }

  /** An offer of machines, confirmed. */
  public Offer(
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
    this(
        id,
        account,
        connector,
        location,
        size,
        shape,
        cpuArchitecture,
        free,
        quotaLeft,
        images,
        abilities,
        price,
        observed,
        Sort.MACHINE);
  }

  /** True when such orders can be placed here at all. */
  public boolean isFor(Order order) {
    return switch (sort) {
      case MACHINE -> order instanceof MachineOrder;
      case VOLUME -> order instanceof VolumeOrder;
      case NETWORK -> order instanceof NetworkOrder;
    };
  }

  /**
   * A provider's copy of an image.
   *
   * @param id the provider's
   * @param leastMemoryKibibytes below it the image does not boot; 0 when unknown
   * @param leastDiskKilobytes least size of the first disk; 0 when unknown
   */
  public record Image(String id, long leastMemoryKibibytes, long leastDiskKilobytes) {}

  /**
   * What the order takes here: its own wish where sizes are free, else the size and, beside the
   * size's own disk, those of the order.
   */
  public Amount taken(Order order) {
    return isFixed() ? shape.plus(disks(order.amount().diskKilobytes())) : order.amount();
  }

  /**
   * What the order takes here of networking. A machine whose order names no network has one card in
   * one, if the place has any, and none is lent an address where none are lent.
   */
  public NetworkAmount networkTaken(Order order) {
    if (order instanceof MachineOrder machine) {
      List<Nic> named = machine.nics();
      int ports = named.isEmpty() ? one(Capability.NETWORK_CHOICE) : named.size();
      int addresses = machine.floatingAddress() ? one(Capability.FLOATING_ADDRESS) : 0;
      return new NetworkAmount(0, 0, ports, addresses);
    }
    return order instanceof NetworkOrder
        ? new NetworkAmount(1, one(Capability.NETWORK_RANGE), 0, 0)
        : NetworkAmount.NONE;
  }

  private int one(Capability where) {
    return abilities.contains(where) ? 1 : 0;
  }

  /** The most that one such order may ask; disks beside a size's own have no limit of their own. */
  public Amount most(Order order) {
    return isFixed() ? taken(order) : shape;
  }

  /** A size's own disk in kB, which no order asks for; 0 where there is none. */
  public long ownDiskKilobytes() {
    return isFixed() ? shape.diskKilobytes() : 0;
  }

  /** The provider's name of the size that every machine gets here; empty where sizes are free. */
  public Optional<String> fixedSize() {
    return isFixed() ? sizeName : Optional.empty();
  }

  private boolean isFixed() {
    return sort == Sort.MACHINE && !abilities.contains(Capability.FREE_SIZE);
  }

  private static Amount disks(long kilobytes) {
    return new Amount(0, 0, 0, kilobytes);
  }

  /** The same after others have taken something here. */
  public Offer less(Amount ofFree, Amount ofQuota) {
    return with(free.minus(ofFree), quotaLeft.minus(ofQuota), networkLeft, volumeType, confidence);
  }

  /** The same, to be relied on so far. */
  public Offer with(Confidence reliance) {
    return with(free, quotaLeft, networkLeft, volumeType, reliance);
  }

  /** The same of volumes of that type. */
  public Offer with(VolumeType type) {
    return with(free, quotaLeft, networkLeft, Optional.of(type), confidence);
  }

  /** The same with so much of networking left. */
  public Offer with(NetworkAmount left) {
    return with(free, quotaLeft, left, volumeType, confidence);
  }

  private Offer with(
      Amount nowFree,
      Amount nowOfQuota,
      NetworkAmount nowOfNetworks,
      Optional<VolumeType> type,
      Confidence reliance) {
    return new Offer(
        id,
        account,
        connector,
        location,
        size,
        sizeName,
        shape,
        cpuArchitecture,
        nowFree,
        nowOfQuota,
        images,
        abilities,
        price,
        observed,
        sort,
        networks,
        mostCards,
        nowOfNetworks,
        type,
        reliance);
  }

  /** What an hour of the order costs here; empty when unknown. */
  public Optional<Price> cost(Order order) {
    return order instanceof VolumeOrder volume
        ? price.map(each -> each.ofGigabytes(volume.capacityKilobytes()))
        : price;
  }
}
