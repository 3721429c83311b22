package io.meltemi.broker.door;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.AddressOrder;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.SystemOrder;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names in the refusals for an account's quota who uses it: by name what is the tenant's own, by
 * number what is others'. What was made behind the broker is not known here.
 */
final class QuotaUsers {
  private static final String RULE = "quota";
  private static final int MOST_NAMED = 5;
  private static final int LONGEST_NAME = 40;

  private final Store store;

  QuotaUsers(Store store) {
    this.store = store;
  }

  /**
   * The decision with those names.
   *
   * @param offers that were judged
   */
  Decision named(String tenant, Order order, List<Offer> offers, Decision decision) {
    if (decision.refusals().stream().noneMatch(QuotaUsers::ofQuota)) return decision;
    Map<String, String> accounts =
        offers.stream().collect(Collectors.toMap(Offer::id, Offer::account));
    Map<String, String> words = words(tenant, order);
    List<Decision.Refusal> named = new ArrayList<>();
    for (Decision.Refusal refusal : decision.refusals()) {
      if (!ofQuota(refusal)) {
        named.add(refusal);
        continue;
      }
      Map<String, BitSet> byWords = new LinkedHashMap<>();
      refusal.offers().stream()
          .forEach(at -> {
            String account = accounts.get(decision.offers().get(at));
            byWords.computeIfAbsent(words.getOrDefault(account, ""), _ -> new BitSet()).set(at);
          });
      byWords.forEach((users, at) -> named.add(new Decision.Refusal(told(refusal, users), at)));
    }
    return decision.refusing(named);
  }

  private static boolean ofQuota(Decision.Refusal refusal) {
    return refusal.verdicts().stream().anyMatch(verdict -> verdict.rule().equals(RULE));
  }

  private static List<Verdict.Refused> told(Decision.Refusal refusal, String users) {
    return refusal.verdicts().stream()
        .map(verdict ->
            verdict.rule().equals(RULE)
                ? new Verdict.Refused(
                    verdict.rule(),
                    verdict.wanted(),
                    verdict.offered() + users,
                    verdict.remedy(),
                    verdict.factTime(),
                    verdict.confidence())
                : verdict)
        .toList();
  }

  /** Who is on each account, as a part of a sentence. */
  private Map<String, String> words(String tenant, Order order) {
    String kind =
        switch (order) {
          case VolumeOrder _ -> VolumeHandler.KIND;
          case NetworkOrder _ -> NetworkHandler.KIND;
          case MachineOrder _, AddressOrder _, SystemOrder _ -> MachineHandler.KIND;
        };
    Map<String, List<Row>> there = new HashMap<>();
    for (Row row : store.all(kind)) {
      String account = row.inner().path("placed").path("account").asText();
      there.computeIfAbsent(account, _ -> new ArrayList<>()).add(row);
    }
    Map<String, String> words = new HashMap<>();
    there.forEach((account, rows) -> words.put(account, words(tenant, rows)));
    return words;
  }

  private static String words(String tenant, List<Row> rows) {
    List<String> names =
        rows.stream()
            .filter(row -> row.tenant().equals(tenant))
            .map(QuotaUsers::name)
            .sorted()
            .limit(MOST_NAMED)
            .toList();
    int others = rows.size() - names.size();
    if (names.isEmpty()) return ", used by others (" + others + ")";
    return ", used by "
        + String.join(", ", names)
        + (others > 0 ? " and others (" + others + ")" : "");
  }

  private static String name(Row row) {
    String name = row.name().isBlank() ? row.id() : row.name();
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }
}
