package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.pivot.AddressOrder;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.SystemOrder;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts an order that fits nowhere into words: every offer's verdicts, or groups of many. */
final class NoOffer {
  private static final int MOST_IN_FULL = 200;

  private NoOffer() {}

  /**
   * @param stored path of the stored decision; empty on a dry run
   */
  static ProblemException refused(
      Order order, Decision decision, ObjectNode document, Optional<String> stored, Instant now) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    stored.ifPresent(path -> details.putObject("decision").put("href", path));
    details.put("judged", decision.offers().size());
    if (decision.offers().size() <= MOST_IN_FULL) {
      details.set("verdicts", everyOffer(decision, now));
    } else {
      ArrayNode groups = details.putArray("groups");
      document.path("refusals").forEach(group -> groups.add(aged(group.deepCopy(), now)));
    }
    return Problem.of(
            409,
            code(order),
            decision.offers().isEmpty()
                ? "No offer fits: no provider account offers anything to this tenant now."
                : "No offer fits: each of " + decision.offers().size() + " was refused.",
            remedy(decision))
        .with(details)
        .asException();
  }

  private static String code(Order order) {
    return switch (order) {
      case VolumeOrder volume -> "volume.no-offer";
      case NetworkOrder network -> "network.no-offer";
      case MachineOrder machine -> "machine.no-offer";
      case AddressOrder address -> throw new IllegalArgumentException("addresses are not placed");
      case SystemOrder system -> throw new IllegalArgumentException("systems are not placed");
    };
  }

  private static ArrayNode everyOffer(Decision decision, Instant now) {
    TreeMap<Integer, Decision.Refusal> byOffer = new TreeMap<>();
    for (Decision.Refusal refusal : decision.refusals()) {
      refusal.offers().stream().forEach(offer -> byOffer.put(offer, refusal));
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    byOffer.forEach((offer, refusal) -> {
      ObjectNode one = all.addObject().put("offer", decision.offers().get(offer));
      one.set("verdicts", Verdicts.aged(Verdicts.json(refusal.verdicts()), now));
    });
    return all;
  }

  private static ObjectNode aged(ObjectNode group, Instant now) {
    group.set("verdicts", Verdicts.aged(group.path("verdicts"), now));
    return group;
  }

  /** What helps, told by the refusals with the fewest reasons: those offers are nearest. */
  private static String remedy(Decision decision) {
    int fewest =
        decision.refusals().stream().mapToInt(each -> each.verdicts().size()).min().orElse(0);
    TreeSet<String> remedies = new TreeSet<>();
    decision.refusals().stream()
        .filter(each -> each.verdicts().size() == fewest)
        .limit(3)
        .forEach(
            each -> each.verdicts().stream().map(Verdict.Refused::remedy).forEach(remedies::add));
    return remedies.isEmpty()
        ? "Register a provider account, or wait until one has been discovered."
        : "For the nearest offers: " + String.join("; ", remedies) + ".";
  }
}
