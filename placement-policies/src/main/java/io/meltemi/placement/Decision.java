package io.meltemi.placement;

import io.meltemi.pivot.Verdict;
import java.util.BitSet;
import java.util.List;

/**
 * Where an order may run and where it is best, with a verdict for every offer. Everything needed to
 * take the same decision again is in it or named by it.
 *
 * @param policy name of the ranker
 * @param rules name of the set of rules
 * @param catalogue generation of the catalogue that was judged
 * @param seed for policies which draw; 0 for all others
 * @param offers ids of all offers that were judged, in the order of the catalogue
 * @param choices admitted offers, best first
 * @param refusals refused offers, grouped by equal reasons
 */
public record Decision(
    String policy,
    String rules,
    long catalogue,
    long seed,
    List<String> offers,
    List<Choice> choices,
    List<Refusal> refusals) {
  public Decision {
    offers = List.copyOf(offers);
    choices = List.copyOf(choices);
    refusals = List.copyOf(refusals);
  }

  /** The same with fewer choices. */
  public Decision choosing(List<Choice> some) {
    return new Decision(policy, rules, catalogue, seed, offers, some, refusals);
  }

  /** The same with its refusals told in other words. */
  public Decision refusing(List<Refusal> told) {
    return new Decision(policy, rules, catalogue, seed, offers, choices, told);
  }

  /**
   * @param offer id of the offer
   * @param score 0 to 1
   * @param volumes ids of the offers that take the volumes which are made with a machine, in the
   *     order of the volumes
   * @param lacking what the order only wishes for that is not given there; the fewer the better,
   *     whatever the score
   */
  public record Choice(String offer, double score, List<String> volumes, List<String> lacking) {
    public Choice {
      volumes = List.copyOf(volumes);
      lacking = List.copyOf(lacking);
    }

    public Choice(String offer, double score, List<String> volumes) {
      this(offer, score, volumes, List.of());
    }

    public Choice(String offer, double score) {
      this(offer, score, List.of());
    }
  }

  /**
   * Offers refused for exactly these reasons: every failing rule, not only the first.
   *
   * @param offers ordinals in {@link Decision#offers}
   */
  public record Refusal(List<Verdict.Refused> verdicts, BitSet offers) {
    public Refusal {
      verdicts = List.copyOf(verdicts);
      offers = (BitSet) offers.clone();
    }

    @Override
    public BitSet offers() {
      return (BitSet) offers.clone();
    }
  }
}
