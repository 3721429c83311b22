package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Matcher;
import java.util.Set;
import java.util.TreeSet;

/** The volume would be of a type that the order allows. Says nothing of what is no volume. */
public final class VolumeTypeMatcher implements Matcher {
  @Override
  public String name() {
    return "type";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Set<String> allowed = order.terms().volumeTypes();
    if (allowed.isEmpty() || !(order instanceof VolumeOrder volume)) {
      return Judge.admit(name());
    }
    if (isHidden(volume, offer)) {
      return refuse(
          allowed,
          "that of the image, which is not known",
          "name no type: the volume will be of that of its image",
          offer);
    }
    if (offer.size().filter(allowed::contains).isPresent()
        || offer.volumeType().filter(type -> allowed.contains(type.name())).isPresent()) {
      return Judge.admit(name());
    }
    return refuse(
        allowed,
        Judge.type(offer),
        "allow this type in the order's placement terms (volumeTypes), or name none",
        offer);
  }

  /** A copy is of the type of what it is made of, which old images do not tell. */
  private static boolean isHidden(VolumeOrder order, Offer offer) {
    return offer.size().isPresent()
        && order.source().filter(source -> source.type().isEmpty()).isPresent();
  }

  private Verdict refuse(Set<String> allowed, String offered, String remedy, Offer offer) {
    return Judge.refuse(name(), new TreeSet<>(allowed).toString(), offered, remedy, offer);
  }
}
