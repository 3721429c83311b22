package io.meltemi.placement;

import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Match-making, then placement: judges every offer by every rule of a set, ranks those which no
 * rule refuses. Knows the rules and policies by name; holds no state beyond them.
 */
public final class Placement {
  /** The set of rules that counts where nobody chose another. */
  public static final String STANDARD = "standard";

  /** The policy that counts where nobody chose another. */
  public static final String FIRST_FIT = "first-fit";

  /** They hold what order and tenant say in terms, and the networks that an order names. */
  private static final Set<String> ALWAYS =
      Set.of("ability", "network", "location", "type", "account", "country", "price", "freshness");

  /** What they judge an order that was placed may itself have taken since. */
  private static final Set<String> OF_ROOM = Set.of("quota", "capacity");

  private static final Comparator<Decision.Choice> BEST_FIRST =
      Comparator.<Decision.Choice>comparingInt(choice -> choice.lacking().size())
          .thenComparing(Comparator.comparingDouble(Decision.Choice::score).reversed());

  private final Map<String, Matcher> matchers = new LinkedHashMap<>();
  private final Map<String, Ranker> rankers = new LinkedHashMap<>();
  private final Map<String, RuleSet> ruleSets = new LinkedHashMap<>();

  /**
   * @param ruleSets sets beyond {@link #STANDARD}, which holds every matcher; what terms say, and
   *     networks that are named, count in each
   * @throws IllegalArgumentException when two share a name, or a set names a matcher that is not
   *     there
   */
  public Placement(
      Collection<Matcher> matchers, Collection<Ranker> rankers, Collection<RuleSet> ruleSets) {
    matchers.forEach(matcher -> put(this.matchers, matcher.name(), matcher));
    rankers.forEach(ranker -> put(this.rankers, ranker.name(), ranker));
    put(
        this.ruleSets,
        STANDARD,
        new RuleSet(STANDARD, "Every rule counts.", List.copyOf(this.matchers.keySet())));
    ruleSets.forEach(set -> put(this.ruleSets, set.name(), checked(set)));
  }

  /** All matchers and rankers that are installed. */
  public static Placement installed(Collection<RuleSet> ruleSets) {
    List<Matcher> matchers =
        ServiceLoader.load(Matcher.class).stream().map(ServiceLoader.Provider::get).toList();
    List<Ranker> rankers =
        ServiceLoader.load(Ranker.class).stream().map(ServiceLoader.Provider::get).toList();
    return new Placement(matchers, rankers, ruleSets);
  }

  public List<RuleSet> ruleSets() {
    return List.copyOf(ruleSets.values());
  }

  public List<Ranker> policies() {
    return List.copyOf(rankers.values());
  }

  /**
   * Decides. Offers that give what the order only wishes for come first, then those that the policy
   * ranks higher. Of offers with equal rank the one that stands first in the catalogue wins.
   *
   * @param offers all there are; those of another sort than the order are not judged
   * @param catalogue generation of the offers
   * @param running machines of the tenant by {@link Ranker.Landscape#key}
   * @throws IllegalArgumentException when the set or the policy is not known
   */
  public Decision decide(
      Order order,
      List<Offer> offers,
      long catalogue,
      String ruleSet,
      String policy,
      Map<String, Integer> running) {
    List<Matcher> rules = rules(ruleSet);
    Ranker ranker = known(rankers, policy);
    List<Offer> judged = offers.stream().filter(offer -> offer.isFor(order)).toList();
    Optional<VolumesBeside> beside = beside(order, offers, running);
    Map<String, List<String>> volumes = new HashMap<>();
    List<Offer> admitted = new ArrayList<>();
    Map<List<Verdict.Refused>, BitSet> refused = new LinkedHashMap<>();
    for (int ordinal = 0; ordinal < judged.size(); ordinal++) {
      Offer offer = judged.get(ordinal);
      List<Verdict.Refused> reasons = refusals(rules, order, offer);
      beside.ifPresent(all -> {
        switch (all.of(offer)) {
          case VolumesBeside.Found.Places places -> volumes.put(offer.id(), places.offers());
          case VolumesBeside.Found.None none -> reasons.add(none.why());
        }
      });
      if (reasons.isEmpty()) {
        admitted.add(offer);
      } else {
        refused.computeIfAbsent(reasons, none -> new BitSet()).set(ordinal);
      }
    }
    return new Decision(
        policy,
        ruleSet,
        catalogue,
        0,
        judged.stream().map(Offer::id).toList(),
        ranked(ranker, order, Ranker.Landscape.of(order, admitted, running), volumes),
        refused.entrySet().stream()
            .map(group -> new Decision.Refusal(group.getKey(), group.getValue()))
            .toList());
  }

  /**
   * Why an offer that an order was admitted to no longer fits it, by the rules of the order's
   * terms; empty when it still does. Room is not judged, for the order itself may have taken it.
   */
  public List<Verdict.Refused> withdrawn(Order order, Offer offer) {
    String set = order.terms().rules().filter(ruleSets::containsKey).orElse(STANDARD);
    List<Matcher> lasting =
        rules(set).stream().filter(rule -> !OF_ROOM.contains(rule.name())).toList();
    return refusals(lasting, order, offer);
  }

  /** What finds places for the volumes that an order makes beside its machine. */
  private Optional<VolumesBeside> beside(
      Order order, List<Offer> offers, Map<String, Integer> running) {
    if (!(order instanceof MachineOrder machine) || machine.newVolumes().isEmpty()) {
      return Optional.empty();
    }
    VolumesBeside.Judge judge =
        new VolumesBeside.Judge() {
          @Override
          public List<Verdict.Refused> refusals(VolumeOrder volume, Offer offer) {
            String set = volume.terms().rules().orElse(STANDARD);
            return Placement.refusals(rules(set), volume, offer);
          }

          @Override
          public Offer best(VolumeOrder volume, List<Offer> admitted) {
            Ranker ranker = known(rankers, volume.terms().policy().orElse(FIRST_FIT));
            var landscape = Ranker.Landscape.of(volume, admitted, running);
            String best = ranked(ranker, volume, landscape, Map.of()).getFirst().offer();
            return admitted.stream().filter(offer -> offer.id().equals(best)).findFirst().get();
          }
        };
    return Optional.of(new VolumesBeside(machine, offers, judge));
  }

  private List<Matcher> rules(String ruleSet) {
    return known(ruleSets, ruleSet).matchers().stream().map(matchers::get).toList();
  }

  private static List<Verdict.Refused> refusals(List<Matcher> rules, Order order, Offer offer) {
    List<Verdict.Refused> reasons = new ArrayList<>(1);
    for (Matcher rule : rules) {
      if (rule.judge(order, offer) instanceof Verdict.Refused refused) {
        reasons.add(refused);
      }
    }
    return reasons;
  }

  private static List<Decision.Choice> ranked(
      Ranker ranker, Order order, Ranker.Landscape landscape, Map<String, List<String>> volumes) {
    return landscape.admitted().stream()
        .map(offer ->
            new Decision.Choice(
                offer.id(),
                ranker.rank(order, offer, landscape),
                volumes.getOrDefault(offer.id(), List.of()),
                lacking(order, offer)))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static List<String> lacking(Order order, Offer offer) {
    boolean lacks =
        order instanceof MachineOrder machine
            && machine.floating() == MachineOrder.Floating.WISHED
            && !offer.abilities().contains(Capability.FLOATING_ADDRESS);
    return lacks ? List.of("floatingAddress") : List.of();
  }

  private RuleSet checked(RuleSet set) {
    set.matchers().forEach(name -> known(matchers, name));
    List<String> all = new ArrayList<>(set.matchers());
    matchers.keySet().stream()
        .filter(name -> ALWAYS.contains(name) && !all.contains(name))
        .forEach(all::add);
    return new RuleSet(set.name(), set.description(), all);
  }

  private static <T> void put(Map<String, T> known, String name, T value) {
    if (known.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two are called " + name);
    }
  }

  private static <T> T known(Map<String, T> known, String name) {
    T value = known.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + "; there are " + known.keySet());
    }
    return value;
  }
}
