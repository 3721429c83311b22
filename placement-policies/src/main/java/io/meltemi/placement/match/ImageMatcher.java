package io.meltemi.placement.match;

import io.meltemi.pivot.AddressOrder;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.SystemOrder;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Matcher;

/** The image is present at the place, and the machine or volume is large enough for it. */
public final class ImageMatcher implements Matcher {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    return switch (order) {
      case MachineOrder machine -> judge(machine, offer);
      case VolumeOrder volume ->
          volume
              .source()
              .map(source -> judge(volume, source, offer))
              .orElseGet(() -> Judge.admit(name()));
      case NetworkOrder network -> Judge.admit(name());
      case AddressOrder address -> Judge.admit(name());
      case SystemOrder system -> Judge.admit(name());
    };
  }

  private Verdict judge(MachineOrder order, Offer offer) {
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
        Shortage.between(need(offer, image), given(order, offer), " for the machine"),
        "choose a configuration that the image can boot with, or a smaller image",
        offer);
  }

  /** A snapshot stays where and of the type that it was taken, and the volume must hold it. */
  private Verdict judge(VolumeOrder order, VolumeOrder.Source source, Offer offer) {
    boolean there =
        offer.account().equals(source.account()) && offer.location().id().equals(source.location());
    if (!there) {
      return Judge.refuse(
          name(),
          source.imageName() + " at " + source.location(),
          "nothing of it",
          "choose an image that this place has, or order the volume where the image is",
          offer);
    }
    if (source.type().isPresent() && !source.type().equals(offer.size())) {
      return Judge.refuse(
          name(),
          source.imageName() + ", which is of volume type " + source.type().get(),
          Judge.type(offer),
          "leave the type of the volume to its image, or order one without an image",
          offer);
    }
    return Judge.ofShortages(
        name(),
        Shortage.between(
            new Amount(0, 0, 0, source.capacityKilobytes()), order.amount(), " for the volume"),
        "order a volume that holds the image",
        offer);
  }

  /**
   * What the image needs. The first disk is the size's where there are sizes; elsewhere, and where
   * the size names none, it is made as large as the image.
   */
  private static Amount need(Offer offer, Offer.Image image) {
    boolean given = offer.ownDiskKilobytes() > 0;
    return new Amount(0, 0, image.leastMemoryKibibytes(), given ? image.leastDiskKilobytes() : 0);
  }

  private static Amount given(MachineOrder order, Offer offer) {
    return new Amount(0, 0, offer.taken(order).memoryKibibytes(), offer.ownDiskKilobytes());
  }
}
