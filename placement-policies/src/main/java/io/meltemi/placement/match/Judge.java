package io.meltemi.placement.match;

import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import java.util.List;

/** Puts verdicts into words. */
final class Judge {
  private Judge() {}

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
