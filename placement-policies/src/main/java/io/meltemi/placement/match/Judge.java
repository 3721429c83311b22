package io.meltemi.placement.match;

import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** Puts verdicts into words. */
final class Judge {
  private Judge() {}

  /** The type of volumes that is offered, by name and id as far as it has both. */
  static String type(Offer offer) {
    String name = offer.volumeType().map(Offer.VolumeType::name).orElse("");
    String id = offer.size().orElse("");
    return Stream.of(name, name.equals(id) ? "" : id)
        .filter(word -> !word.isEmpty())
        .reduce((first, second) -> first + " (" + second + ")")
        .orElse("one type only");
  }

  static Verdict admit(String rule) {
    return new Verdict.Admitted(rule);
  }

  static Verdict refuse(String rule, String wanted, String offered, String remedy, Offer offer) {
    return new Verdict.Refused(
        rule, wanted, offered, remedy, offer.observed(), offer.confidence().told());
  }

  /** Refuses with the shortages that were found, admits when there is none. */
  static Verdict ofShortages(String rule, List<Shortage> shortages, String remedy, Offer offer) {
    return ofShortages(rule, shortages, remedy, offer, offer.confidence().told());
  }

  /** The same of what is left, which may be reckoned. */
  static Verdict ofWhatIsLeft(String rule, List<Shortage> shortages, String remedy, Offer offer) {
    return ofShortages(rule, shortages, remedy, offer, offer.confidence());
  }

  private static Verdict ofShortages(
      String rule, List<Shortage> shortages, String remedy, Offer offer, Confidence confidence) {
    if (shortages.isEmpty()) {
      return admit(rule);
    }
    return new Verdict.Refused(
        rule,
        String.join(", ", shortages.stream().map(Shortage::wanted).toList()),
        String.join(", ", shortages.stream().map(Shortage::offered).toList()),
        remedy,
        offer.observed(),
        confidence);
  }
}
