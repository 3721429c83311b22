package io.meltemi.broker.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meltemi.broker.account.Account;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Offer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The offers of one account: every place with every size and every volume type that it has, and
 * with networks where they can be made.
 *
 * @param images our id of an image by the provider's
 * @param confidence how far the inventory can be relied on
 */
record Shelf(
    Account account, Inventory inventory, Map<String, String> images, Confidence confidence) {
  /** So that whoever takes the first that fits wastes least. */
  private static final Comparator<Inventory.Size> SMALLEST_FIRST =
      Comparator.comparingLong((Inventory.Size size) -> size.shape().memoryKibibytes())
          .thenComparingLong(size -> size.shape().cpu())
          .thenComparingLong(size -> size.shape().diskKilobytes());

  Shelf {
    images = Map.copyOf(images);
  }

  /** The same after its provider was asked again in vain. */
  Shelf remembered() {
    return new Shelf(account, inventory, images, Confidence.REMEMBERED);
  }

  /**
   * What was placed since the provider counted, by location.
   *
   * @param machines what machines take
   * @param volumes what volumes take
   * @param ofTypes what volumes take, by the provider's id of their type
   * @param networks what was made of networks at any time: the provider's ids by ours
   * @param ordered the provider's ids of all that were ordered, in whatever state
   * @param networking what was or will be taken of networks, ports and floating addresses
   */
  record Placed(
      Map<String, Amount> machines,
      Map<String, Amount> volumes,
      Map<String, Amount> ofTypes,
      Map<String, String> networks,
      Set<String> ordered,
      NetworkAmount networking) {
    private Amount at(String location) {
      return machines
          .getOrDefault(location, Amount.NONE)
          .plus(volumes.getOrDefault(location, Amount.NONE));
    }

    /** Of which type's room the disks of machines took is not known: of each, it is assumed. */
    private Amount of(Inventory.VolumeType type) {
      Amount ofVolumes =
          type.id().map(id -> ofTypes.getOrDefault(id, Amount.NONE)).orElse(all(volumes));
      return machines.entrySet().stream()
          .filter(each -> isIn(type.places(), each.getKey()))
          .map(Map.Entry::getValue)
          .reduce(ofVolumes, Amount::plus);
    }

    private static Amount all(Map<String, Amount> byLocation) {
      return byLocation.values().stream().reduce(Amount.NONE, Amount::plus);
    }
  }

  /** What is left of what the provider told, after something was taken. */
  private record Left(Amount told, Amount taken) {
    Amount now() {
      return told.minus(taken);
    }

    boolean asTold() {
      return now().equals(told);
    }
  }

  /** How far an offer can be relied on whose amounts are as they were told, or less. */
  private Confidence confidence(boolean asTold) {
    return confidence == Confidence.CONFIRMED && !asTold ? Confidence.ESTIMATED : confidence;
  }

  /** What the account may still have of networks, ports and floating addresses, after so much. */
  private NetworkAmount networkLeft(NetworkAmount taken) {
    Inventory.Networking quota = inventory.networking();
    return quota.quotaLimit().minus(quota.quotaUsed()).minus(taken);
  }

  private boolean asTold(NetworkAmount left) {
    return left.equals(networkLeft(NetworkAmount.NONE));
  }

  List<Offer> offers(Placed placed) {
    Inventory.Storage storage = inventory.storage();
    Left quota =
        new Left(
            inventory.quotaLimit().minus(inventory.quotaUsed()), Placed.all(placed.machines()));
    Left storageQuota =
        new Left(storage.quotaLimit().minus(storage.quotaUsed()), Placed.all(placed.volumes()));
    NetworkAmount networkLeft = networkLeft(placed.networking());
    List<Inventory.Size> sizes = inventory.sizes().stream().sorted(SMALLEST_FIRST).toList();
    List<Offer> offers = new ArrayList<>();
    for (Inventory.Place place : inventory.places()) {
      String location = place.location().id();
      Left free = new Left(place.free(), placed.at(location));
      Room room = new Room(free, quota, open(place, placed), networkLeft);
      for (Inventory.Size size : sizes) {
        if (isIn(size.places(), location)) offers.add(offer(place, size, room));
      }
      if (place.abilities().contains(Capability.NETWORK_CREATE)) {
        offers.add(ofNetworks(place, networkLeft));
      }
      if (!place.abilities().contains(Capability.VOLUME_CREATE)) continue;
      for (Inventory.VolumeType type : storage.types()) {
        if (!isIn(type.places(), location)) continue;
        offers.add(offer(place, type, room(type, placed).orElse(free), storageQuota));
      }
    }
    return offers;
  }

  /**
   * Those that nobody ordered, for what was ordered has a row.
   *
   * @param ordered the provider's ids, also of those that it no longer shows as ordered
   */
  List<Network> networks(Set<String> ordered) {
    return inventory.networks().stream()
        .filter(network -> !ordered.contains(network.id()))
        .sorted(Comparator.comparing(Inventory.Network::id))
        .map(facts -> new Network(account.id(), facts, learnt()))
        .toList();
  }

  Catalog.Learnt learnt() {
    return new Catalog.Learnt(inventory.source(), inventory.observed(), confidence);
  }

  /** What a type has for itself. */
  private static Optional<Left> room(Inventory.VolumeType type, Placed placed) {
    return type.freeKilobytes().isPresent()
        ? Optional.of(new Left(storage(type.freeKilobytes().getAsLong()), placed.of(type)))
        : Optional.empty();
  }

  /** The networks that a machine's cards can be in at this place. */
  private Map<String, String> open(Inventory.Place place, Placed placed) {
    boolean choice = place.abilities().contains(Capability.NETWORK_CHOICE);
    if (!choice && !place.abilities().contains(Capability.NETWORK_CREATE)) return Map.of();
    Map<String, String> open = new HashMap<>(placed.networks());
    inventory.networks().stream()
        .filter(network -> choice && network.open())
        .filter(network -> !placed.ordered().contains(network.id()))
        .filter(network -> isIn(network.places(), place.location().id()))
        .forEach(network -> open.put(Network.path(account.id(), network.id()), network.id()));
    return open;
  }

  private Offer ofNetworks(Inventory.Place place, NetworkAmount left) {
    return new Offer(
            id(account.id(), place.location().id(), "network"),
            account.id(),
            account.connector(),
            place.location(),
            Optional.empty(),
            Amount.UNLIMITED,
            Optional.empty(),
            Amount.UNLIMITED,
            Amount.UNLIMITED,
            Map.of(),
            place.abilities(),
            Optional.empty(),
            inventory.observed(),
            Offer.Sort.NETWORK)
        .with(left)
        .with(confidence(asTold(left)));
  }

  private Offer offer(Inventory.Place place, Inventory.VolumeType type, Left free, Left quota) {
    return new Offer(
            id(account.id(), place.location().id(), "volume " + type.id().orElse("")),
            account.id(),
            account.connector(),
            place.location(),
            type.id(),
            storage(type.mostKilobytes()),
            Optional.empty(),
            storage(free.now().diskKilobytes()),
            quota.now(),
            Map.of(),
            place.abilities(),
            type.pricePerGigabyte(),
            inventory.observed(),
            Offer.Sort.VOLUME)
        .with(new Offer.VolumeType(type.name(), type.freeKilobytes().isPresent()))
        .with(confidence(free.asTold() && quota.asTold()));
  }

  /** So much, in any number of volumes. */
  private static Amount storage(long kilobytes) {
    return new Amount(0, 0, 0, kilobytes, Long.MAX_VALUE);
  }

  /** What is left for machines at a place. */
  private record Room(
      Left free, Left quota, Map<String, String> networks, NetworkAmount networkLeft) {}

  private Offer offer(Inventory.Place place, Inventory.Size size, Room room) {
    boolean asTold = room.free().asTold() && room.quota().asTold() && asTold(room.networkLeft());
    return new Offer(
        id(account.id(), place.location().id(), size.id().orElse("")),
        account.id(),
        account.connector(),
        place.location(),
        size.id(),
        size.id().map(id -> size.name()),
        size.shape(),
        place.cpuArchitecture(),
        room.free().now(),
        room.quota().now(),
        present(place),
        place.abilities(),
        size.price(),
        inventory.observed(),
        Offer.Sort.MACHINE,
        room.networks(),
        place.mostCards(),
        room.networkLeft(),
        Optional.empty(),
        confidence(asTold));
  }

  /** Images that this place has and its processors can run. */
  private Map<String, Offer.Image> present(Inventory.Place place) {
    Map<String, Offer.Image> all = new HashMap<>();
    for (Inventory.Image image : inventory.images()) {
      String ours = images.get(image.id());
      boolean fits =
          isIn(image.places(), place.location().id())
              && (image.cpuArchitecture().isEmpty()
                  || place.cpuArchitecture().isEmpty()
                  || image.cpuArchitecture().equals(place.cpuArchitecture()));
      if (ours != null && fits) {
        all.put(
            ours,
            new Offer.Image(image.id(), image.leastMemoryKibibytes(), image.leastDiskKilobytes()));
      }
    }
    return all;
  }

  private static boolean isIn(java.util.Set<String> places, String location) {
    return places.isEmpty() || places.contains(location);
  }

  /** The same place and size of an account always have the same id; it may stand in a path. */
  static String id(String account, String location, String size) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((location + "\n" + size).getBytes(UTF_8));
      return account + "-" + HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
