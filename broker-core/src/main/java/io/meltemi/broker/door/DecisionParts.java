package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.named;
import static io.meltemi.broker.door.DerivedHandler.object;
import static io.meltemi.broker.door.DerivedHandler.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Resource;
import io.meltemi.placement.Placement;
import io.meltemi.placement.Ranker;
import io.meltemi.placement.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a decision says of every offer, and the policies and sets of rules that decide. */
final class DecisionParts {
  private final Desk desk;
  private final Placement placement;

  DecisionParts(Desk desk, Placement placement) {
    this.desk = desk;
    this.placement = placement;
  }

  /** Facts are told with the age that they have now. */
  static final class DecisionLook implements Look {
    private final Desk desk;

    DecisionLook(Desk desk) {
      this.desk = desk;
    }

    @Override
    public void show(Caller caller, Row row, ObjectNode attributes) {
      ArrayNode refusals = object().arrayNode();
      for (JsonNode refusal : row.document().path("refusals")) {
        ObjectNode told = refusal.deepCopy();
        told.set("verdicts", Verdicts.aged(refusal.path("verdicts"), desk.now()));
        refusals.add(told);
      }
      attributes.set("refusals", refusals);
    }
  }

  Map<String, Handler> handlers() {
    return Map.of("Verdict", new OfDecision(), "Policy", new Policies());
  }

  /** One verdict for each offer that was judged, in the order of the catalogue. */
  private final class OfDecision extends DerivedHandler {
    @Override
    List<Resource> all(Caller caller, Place place) {
      String[] segments = place.path().split("/");
      return desk.store()
          .read(caller.tenant(), segments[0] + "/" + segments[1])
          .filter(row -> row.kind().equals(Decisions.KIND))
          .map(this::verdicts)
          .orElseGet(List::of);
    }

    private List<Resource> verdicts(Row decision) {
      List<String> offers = OfferLists.read(desk.store(), decision.inner());
      int[] groups = Groups.read(decision.inner().path("groups").asText(), offers.size());
      Map<String, Integer> ranks = ranks(decision);
      List<Resource> all = new ArrayList<>();
      for (int at = 0; at < offers.size(); at++) {
        all.add(verdict(decision, at + 1, offers.get(at), groups[at], ranks));
      }
      return all;
    }

    private static Map<String, Integer> ranks(Row decision) {
      Map<String, Integer> ranks = new HashMap<>();
      decision
          .document()
          .path("choices")
          .forEach(choice -> ranks.put(choice.path("offer").asText(), ranks.size() + 1));
      return ranks;
    }

    private Resource verdict(
        Row decision, int number, String offer, int group, Map<String, Integer> ranks) {
      ObjectNode attributes = object().put("offer", offer).put("admitted", group == 0);
      JsonNode document = decision.document();
      if (group > 0) {
        JsonNode refusal = document.path("refusals").path(group - 1);
        attributes.set("verdicts", Verdicts.aged(refusal.path("verdicts"), desk.now()));
      }
      Integer rank = ranks.get(offer);
      if (rank != null) {
        attributes.put("rank", rank);
        attributes.set("score", document.path("choices").path(rank - 1).path("score"));
      }
      return resource(
          desk.kinds().get("Verdict"), decision.id() + "/verdicts/" + number, attributes);
    }
  }

  private final class Policies extends DerivedHandler {
    @Override
    List<Resource> all(Caller caller, Place place) {
      List<Resource> all = new ArrayList<>();
      placement.policies().forEach(policy -> all.add(policy(policy)));
      placement.ruleSets().forEach(rules -> all.add(rules(rules)));
      return all;
    }

    private Resource policy(Ranker policy) {
      ObjectNode attributes = named(policy.name());
      attributes.put("description", policy.description()).put("type", "POLICY");
      attributes.put("default", policy.name().equals(Placement.FIRST_FIT));
      return resource(desk.kinds().get("Policy"), "policies/policy-" + policy.name(), attributes);
    }

    private Resource rules(RuleSet rules) {
      ObjectNode attributes = named(rules.name());
      attributes.put("description", rules.description()).put("type", "RULES");
      attributes.put("default", rules.name().equals(Placement.STANDARD));
      rules.matchers().forEach(attributes.putArray("rules")::add);
      return resource(desk.kinds().get("Policy"), "policies/rules-" + rules.name(), attributes);
    }
  }
}
