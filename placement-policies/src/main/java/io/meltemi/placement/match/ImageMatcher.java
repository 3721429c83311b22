package io.meltemi.placement.match;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The image is present at the place, and the machine is large enough to boot it. */
public final class ImageMatcher implements Matcher {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public Verdict judge(MachineOrder order, Offer offer) {
    Offer.Image image = offer.images().get(order.image());
    if (image == null) {
      return Judge.refuse(
          name(),
          order.imageName(),
          offer.images().size() + " other images",
          "choose an image that this place has, or bring this one there",
          offer);
    }
    return Judge.ofShortages(
        name(),
        Shortage.between(need(order, offer, image), offer.taken(order), " for the machine"),
        "choose a configuration that the image can boot with, or a smaller image",
        offer);
  }

  /**
   * What the image needs. The first disk is the size's where there are sizes; elsewhere, and where
   * the size names none, it is made as large as the image.
   */
  private static Amount need(MachineOrder order, Offer offer, Offer.Image image) {
    boolean given =
        !offer.abilities().contains(Capability.FREE_SIZE) && offer.taken(order).diskKilobytes() > 0;
    return new Amount(0, 0, image.leastMemoryKibibytes(), given ? image.leastDiskKilobytes() : 0);
  }
}
