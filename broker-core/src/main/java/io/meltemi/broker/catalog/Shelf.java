package io.meltemi.broker.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meltemi.broker.account.Account;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Offer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The offers of one account: every place with every size that it has.
 *
 * @param images our id of an image by the provider's
 */
record Shelf(Account account, Inventory inventory, Map<String, String> images) {
  Shelf {
    images = Map.copyOf(images);
  }

  /**
   * @param placed what was placed since the provider counted, by location
   */
  List<Offer> offers(Map<String, Amount> placed) {
    Amount all = placed.values().stream().reduce(Amount.NONE, Amount::plus);
    Amount quotaLeft = inventory.quotaLimit().minus(inventory.quotaUsed()).minus(all);
    List<Offer> offers = new ArrayList<>();
    for (Inventory.Place place : inventory.places()) {
      String location = place.location().id();
      Amount free = place.free().minus(placed.getOrDefault(location, Amount.NONE));
      for (Inventory.Size size : inventory.sizes()) {
        if (isIn(size.places(), location)) offers.add(offer(place, size, free, quotaLeft));
      }
    }
    return offers;
  }

  private Offer offer(Inventory.Place place, Inventory.Size size, Amount free, Amount quotaLeft) {
    return new Offer(
        id(account.id(), place.location().id(), size.id().orElse("")),
        account.id(),
        account.connector(),
        place.location(),
        size.id(),
        size.shape(),
        place.cpuArchitecture(),
        free,
        quotaLeft,
        present(place),
        place.abilities(),
        size.price(),
        inventory.observed());
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
