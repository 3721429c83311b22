package io.meltemi.connector;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Price;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an account has to offer, as its provider tells it now. The broker makes offers of it: one
 * for each place and size.
 *
 * @param places where machines can run and volumes can stand
 * @param sizes what a machine can get
 * @param images what can be booted
 * @param quotaLimit what the account may use in all; {@link Amount#UNLIMITED} where none is set
 * @param quotaUsed what it uses, other users of the account included
 * @param observed when
 * @param source how it was learnt, for instance {@code nova 2.79}
 * @param storage what there is of volumes
 * @param networks what a machine's cards can be in, and what is beyond; empty where the provider
 *     shows none
 * @param networking the quota of networks, their ports and floating addresses
 * @param identity what stays the same however one logs in, and differs where other machines are (a
 *     project in a region, a datacenter of a vCenter); empty where the connector cannot tell
 */
public record Inventory(
    List<Place> places,
    List<Size> sizes,
    List<Image> images,
    Amount quotaLimit,
    Amount quotaUsed,
    Instant observed,
    String source,
    Storage storage,
    List<Network> networks,
    Networking networking,
    Optional<String> identity) {

  public Inventory {
    places = List.copyOf(places);
    sizes = List.copyOf(sizes);
    images = List.copyOf(images);
    networks = List.copyOf(networks);
  }

  /** What an account without volumes, networks and floating addresses has to offer. */
  public Inventory(
      List<Place> places,
      List<Size> sizes,
      List<Image> images,
      Amount quotaLimit,
      Amount quotaUsed,
      Instant observed,
      String source) {
    this(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        Storage.NONE,
        List.of(),
        Networking.UNTOLD);
  }

  /** What an account of no known identity has to offer. */
  public Inventory(
      List<Place> places,
      List<Size> sizes,
      List<Image> images,
      Amount quotaLimit,
      Amount quotaUsed,
      Instant observed,
      String source,
      Storage storage,
      List<Network> networks,
      Networking networking) {
    this(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        storage,
        networks,
        networking,
        Optional.empty());
  }

  /** The same of somebody. */
  public Inventory identified(String name) {
    return new Inventory(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        storage,
        networks,
        networking,
        Optional.of(name));
  }

  /** The same with volumes. */
  public Inventory with(Storage volumes) {
    return new Inventory(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        volumes,
        networks,
        networking,
        identity);
  }

  /** The same with networks. */
  public Inventory with(List<Network> shown) {
    return new Inventory(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        storage,
        shown,
        networking,
        identity);
  }

  /** The same with a quota of networks. */
  public Inventory with(Networking quota) {
    return new Inventory(
        places,
        sizes,
        images,
        quotaLimit,
        quotaUsed,
        observed,
        source,
        storage,
        networks,
        quota,
        identity);
  }

  /**
   * @param free capacity left; {@link Amount#UNLIMITED} where the provider does not tell
   * @param abilities what works there, probed and not assumed
   * @param cpuArchitecture as CIMI names it
   * @param mostCards most network cards of one machine; {@link Integer#MAX_VALUE} where there is no
   *     limit, or none is told
   */
  public record Place(
      Location location,
      Amount free,
      Set<Capability> abilities,
      Optional<String> cpuArchitecture,
      int mostCards) {
    public Place {
      abilities = Set.copyOf(abilities);
    }

    /** A place whose machines have any number of network cards. */
    public Place(
        Location location,
        Amount free,
        Set<Capability> abilities,
        Optional<String> cpuArchitecture) {
      this(location, free, abilities, cpuArchitecture, Integer.MAX_VALUE);
    }
  }

  /**
   * @param id the provider's id; empty at a place where sizes are free, then the shape is the most
   *     that one machine may get
   * @param name the provider's, for people: the mapping of a machine of a size with an id tells it
   * @param places ids of the locations which have it; empty means all
   */
  public record Size(
      Optional<String> id, String name, Amount shape, Optional<Price> price, Set<String> places) {
    public Size {
      places = Set.copyOf(places);
    }
  }

  /**
   * @param id the provider's id
   * @param places ids of the locations which have it; empty means all
   * @param leastMemoryKibibytes below it the image does not boot; 0 when unknown
   * @param leastDiskKilobytes least size of the first disk; 0 when unknown
   */
  public record Image(
      String id,
      String name,
      Optional<String> cpuArchitecture,
      long leastMemoryKibibytes,
      long leastDiskKilobytes,
      Set<String> places) {
    public Image {
      places = Set.copyOf(places);
    }
  }

  /**
   * What an account has of volumes. Its quota is of volumes only, in {@link Amount#diskKilobytes}
   * and {@link Amount#volumes}, for many providers count them apart from the disks of machines.
   *
   * @param types what a volume can be; empty where there are no volumes
   * @param quotaLimit what the account may use in all; {@link Amount#UNLIMITED} where none is set
   * @param quotaUsed what it uses, other users of the account included
   */
  public record Storage(List<VolumeType> types, Amount quotaLimit, Amount quotaUsed) {
    public static final Storage NONE = new Storage(List.of(), Amount.UNLIMITED, Amount.NONE);

    public Storage {
      types = List.copyOf(types);
    }
  }

  /**
   * What an account may have of networks, and of what goes with them.
   *
   * @param quotaLimit how many in all; {@link Long#MAX_VALUE} of what has no limit, or none is told
   * @param quotaUsed how many it has, other users of the account included
   */
  public record Networking(NetworkAmount quotaLimit, NetworkAmount quotaUsed) {
    public static final Networking UNTOLD =
        new Networking(NetworkAmount.UNLIMITED, NetworkAmount.NONE);
  }

  /**
   * A sort of volumes: sizes are free up to its limit, rounded up to what the provider can make.
   *
   * @param id the provider's id; empty where there is only one
   * @param mostKilobytes largest volume, in units of 1000 bytes; {@link Long#MAX_VALUE} where the
   *     provider does not tell
   * @param pricePerGigabyte of 1,000,000 kB for one hour
   * @param places ids of the locations which have it; empty means all that can make volumes
   * @param freeKilobytes capacity left for all volumes of the type, at whichever of its places;
   *     empty where they take of what is free at their place
   */
  public record VolumeType(
      Optional<String> id,
      String name,
      long mostKilobytes,
      Optional<Price> pricePerGigabyte,
      Set<String> places,
      OptionalLong freeKilobytes) {
    public VolumeType {
      places = Set.copyOf(places);
    }

    /** A type whose volumes take of what is free at their place. */
    public VolumeType(
        Optional<String> id,
        String name,
        long mostKilobytes,
        Optional<Price> pricePerGigabyte,
        Set<String> places) {
      this(id, name, mostKilobytes, pricePerGigabyte, places, OptionalLong.empty());
    }
  }

  /**
   * A network that the account sees: its own, or one that others let it use. Those that the broker
   * made are told by {@link Networks} alone.
   *
   * @param id the provider's id
   * @param name the provider's name of it, under which {@link Observation.Address#network} tells
   *     it; need not be unique
   * @param outside true when it leads to the world without more
   * @param open true when machines' cards can be in it, at the places with {@link
   *     Capability#NETWORK_CHOICE}
   * @param mtu largest packet in bytes; empty when the provider does not tell
   * @param subnets ranges of its addresses, for instance {@code 10.0.0.0/24}; empty when the
   *     provider does not tell
   * @param places ids of the locations which have it; empty means all
   */
  public record Network(
      String id,
      String name,
      boolean outside,
      boolean open,
      OptionalLong mtu,
      List<String> subnets,
      Set<String> places) {
    public Network {
      subnets = List.copyOf(subnets);
      places = Set.copyOf(places);
    }
  }
}
