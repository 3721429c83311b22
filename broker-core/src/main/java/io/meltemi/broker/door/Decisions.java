package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.MappingText;
import io.meltemi.broker.store.Row;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mapping;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes rows of decisions. A row stays below 64 kB at 100,000 offers: the offers stand in lists of
 * their own, reasons are told once for all offers that share them, and beyond a number of different
 * reasons offers are grouped by the rules alone with one of them as the example.
 */
final class Decisions {
  static final String KIND = "Decision";

  /** Choices which are told with their score. */
  private static final int MOST_CHOICES = 64;

  private static final int MOST_GROUPS = 48;

  private final Desk desk;
  private final Dispatch dispatch;

  Decisions(Desk desk, Dispatch dispatch) {
    this.desk = desk;
    this.dispatch = dispatch;
  }

  /**
   * A decision in words for the book.
   *
   * @param lists rows that hold the offers' ids where they are too many for the decision's own
   */
  record Written(Row row, List<Row> lists) {}

  /**
   * @param resource path of what was ordered; empty when it was refused
   */
  Written written(String tenant, Order order, Decision decision, Optional<String> resource) {
    ObjectNode document = document(order, decision);
    resource.ifPresent(path -> document.putObject("resource").put("href", path));
    ObjectNode inner = document.putObject("_");
    List<Row> lists = OfferLists.put(tenant, inner, decision.offers(), desk.now());
    inner.put("groups", groups(decision, document.path("refusals").size()));
    var now = desk.now();
    Row row =
        new Row(
            desk.newPath("decisions"),
            tenant,
            KIND,
            Optional.empty(),
            order.name(),
            "",
            now,
            now,
            1,
            document);
    return new Written(row, lists);
  }

  /** What the decision says, without the offers' lists. */
  ObjectNode document(Order order, Decision decision) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document
        .put("outcome", decision.choices().isEmpty() ? "REFUSED" : "PLACED")
        .put("policy", decision.policy())
        .put("rules", decision.rules())
        .put("catalogue", decision.catalogue())
        .put("seed", decision.seed())
        .put("judged", decision.offers().size())
        .put("admitted", decision.choices().size());
    document.set("order", order(order));
    ArrayNode choices = document.putArray("choices");
    decision.choices().stream()
        .limit(MOST_CHOICES)
        .forEach(choice -> choices.add(choice(order, choice)));
    ArrayNode refusals = document.putArray("refusals");
    grouped(decision).forEach(group -> refusals.add(refusal(decision, group)));
    return document;
  }

  /** With what it would not give as it was asked. */
  private ObjectNode choice(Order order, Decision.Choice choice) {
    ObjectNode told =
        JsonNodeFactory.instance
            .objectNode()
            .put("offer", choice.offer())
            .put("score", Double.toString(choice.score()));
    dispatch.type(choice).ifPresent(type -> told.put("volumeType", type.name()));
    if (!choice.volumes().isEmpty()) choice.volumes().forEach(told.putArray("volumes")::add);
    if (!choice.lacking().isEmpty()) choice.lacking().forEach(told.putArray("lacking")::add);
    List<Mapping> deviations = dispatch.deviations(choice, order);
    if (!deviations.isEmpty()) told.set("mapping", MappingText.json(deviations));
    return told;
  }

  private static ObjectNode order(Order order) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("name", order.name()).put("disk", order.amount().diskKilobytes());
    if (order instanceof MachineOrder machine) {
      told.put("cpu", machine.cpu())
          .put("memory", machine.memoryKibibytes())
          .put("initialState", machine.initialState().name());
      machine.cpuArchitecture().ifPresent(name -> told.put("cpuArch", name));
      told.putObject("image").put("href", machine.image());
      for (Nic nic : machine.nics()) {
        told.withArray("networks").addObject().put("href", nic.network());
      }
      if (!machine.mounts().isEmpty()) told.put("volumes", machine.mounts().size());
      if (machine.floatingAddress()) told.put("floatingAddress", true);
      if (machine.floating() == MachineOrder.Floating.WISHED) {
        told.put("floatingAddressOptional", true);
      }
    }
    if (order instanceof NetworkOrder network) {
      network.cidr().ifPresent(range -> told.put("subnet", range));
    }
    if (order instanceof VolumeOrder volume) {
      told.put("volumes", volume.amount().volumes());
      volume.source().ifPresent(source -> told.putObject("image").put("href", source.image()));
    }
    return told;
  }

  private static ObjectNode refusal(Decision decision, List<Decision.Refusal> group) {
    Decision.Refusal first = group.getFirst();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("offers", group.stream().mapToInt(each -> each.offers().cardinality()).sum());
    told.put("example", decision.offers().get(first.offers().nextSetBit(0)));
    told.set("verdicts", Verdicts.json(first.verdicts()));
    return told;
  }

  /** Refusals of equal reasons; where there are too many, of equal rules. */
  private static Collection<List<Decision.Refusal>> grouped(Decision decision) {
    List<List<Decision.Refusal>> each = decision.refusals().stream().map(List::of).toList();
    if (each.size() <= MOST_GROUPS) {
      return each;
    }
    Map<String, List<Decision.Refusal>> byRules = new TreeMap<>();
    for (Decision.Refusal refusal : decision.refusals()) {
      byRules.computeIfAbsent(rules(refusal), none -> new ArrayList<>()).add(refusal);
    }
    return largest(byRules);
  }

  /** The largest groups; the rest is told as one. */
  private static Collection<List<Decision.Refusal>> largest(
      Map<String, List<Decision.Refusal>> byRules) {
    Map<String, List<Decision.Refusal>> largest = new LinkedHashMap<>();
    List<Decision.Refusal> rest = new ArrayList<>();
    byRules.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
        .forEach(entry -> {
          if (largest.size() < MOST_GROUPS) {
            largest.put(entry.getKey(), entry.getValue());
          } else {
            rest.addAll(entry.getValue());
          }
        });
    List<List<Decision.Refusal>> groups = new ArrayList<>(largest.values());
    if (!rest.isEmpty()) {
      groups.add(rest);
    }
    return groups;
  }

  private static String rules(Decision.Refusal refusal) {
    return String.join(" ", refusal.verdicts().stream().map(Verdict.Refused::rule).toList());
  }

  /** 0 for admitted offers, else the ordinal of the refusal from 1. */
  private static String groups(Decision decision, int refusals) {
    int[] groups = new int[decision.offers().size()];
    int number = 0;
    for (List<Decision.Refusal> group : grouped(decision)) {
      number++;
      for (Decision.Refusal refusal : group) {
        int ordinal = number;
        refusal.offers().stream().forEach(offer -> groups[offer] = ordinal);
      }
    }
    if (number != refusals) {
      throw new IllegalStateException("refusals were grouped in two ways");
    }
    return Groups.write(groups);
  }
}
