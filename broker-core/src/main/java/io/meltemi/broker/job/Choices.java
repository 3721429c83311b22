package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;
import io.meltemi.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The offers at which an order may be tried, best first, as its task remembers them. */
final class Choices {
  private static final String ALL = "choices";
  private static final String NOW = "choice";

  private Choices() {}

  /**
   * @param number which it is, from 0
   * @param volumes offers for the volumes that are made with a machine
   */
  record Choice(int number, Offer offer, List<Offer> volumes) {
    /** Why the order cannot be made there any more, in words; empty when it can. */
    Optional<String> withdrawn(Order order, Placement placement) {
      List<Verdict.Refused> reasons = new ArrayList<>(placement.withdrawn(order, offer));
      if (order instanceof MachineOrder machine) {
        List<VolumeOrder> fresh = machine.newVolumes();
        for (int i = 0; i < fresh.size(); i++) {
          reasons.addAll(placement.withdrawn(fresh.get(i), volumes.get(i)));
        }
      }
      return reasons.isEmpty() ? Optional.empty() : Optional.of(words(reasons));
    }

    private static String words(List<Verdict.Refused> reasons) {
      return reasons.stream()
          .map(
              each -> "%s: wanted %s, now %s".formatted(each.rule(), each.wanted(), each.offered()))
          .collect(Collectors.joining("; ", "does not fit any more: ", ""));
    }
  }

  static void remember(ObjectNode memory, List<Decision.Choice> choices) {
    ArrayNode all = memory.putArray(ALL);
    for (Decision.Choice choice : choices) {
      ObjectNode one = all.addObject().put("offer", choice.offer());
      if (!choice.volumes().isEmpty()) choice.volumes().forEach(one.putArray("volumes")::add);
    }
  }

  /** The first, from a number on, of which everything is still offered. */
  static Optional<Choice> from(ObjectNode memory, int number, Catalog catalog) {
    for (int i = number; i < memory.path(ALL).size(); i++) {
      Optional<Choice> choice = read(memory.path(ALL).path(i), i, catalog);
      if (choice.isPresent()) return choice;
    }
    return Optional.empty();
  }

  private static Optional<Choice> read(JsonNode json, int number, Catalog catalog) {
    Optional<Offer> offer = catalog.offer(json.path("offer").asText());
    List<Offer> volumes = new ArrayList<>();
    for (JsonNode id : json.path("volumes")) {
      catalog.offer(id.asText()).ifPresent(volumes::add);
    }
    boolean whole = volumes.size() == json.path("volumes").size();
    return offer.filter(there -> whole).map(there -> new Choice(number, there, volumes));
  }

  /** The number of the choice that is being tried. */
  static int now(ObjectNode memory) {
    return memory.path(NOW).asInt();
  }

  static void now(ObjectNode memory, int number) {
    memory.put(NOW, number);
  }

  /** All have been tried. */
  static void none(ObjectNode memory) {
    memory.put(NOW, memory.path(ALL).size());
  }

  /** The one that is being tried is tried once more after all others, but only once. */
  static void again(ObjectNode memory) {
    JsonNode tried = memory.path(ALL).path(now(memory));
    String offer = tried.path("offer").asText();
    boolean before =
        memory.withArray("again").valueStream().anyMatch(id -> id.asText().equals(offer));
    if (before) return;
    memory.withArray("again").add(offer);
    memory.withArray(ALL).add(tried);
  }
}
