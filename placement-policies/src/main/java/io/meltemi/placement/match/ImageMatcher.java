package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The image is present at the place. */
public final class ImageMatcher implements Matcher {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public Verdict judge(MachineOrder order, Offer offer) {
    if (offer.images().containsKey(order.image())) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        order.imageName(),
        offer.images().size() + " other images",
        "choose an image that this place has, or bring this one there",
        offer);
  }
}
