package io.meltemi.placement;

import java.util.List;

/**
 * A named set of match-making rules, as a tenant chooses it.
 *
 * @param matchers names of the matchers that count, in the order in which verdicts are told
 */
public record RuleSet(String name, String description, List<String> matchers) {
  public RuleSet {
    matchers = List.copyOf(matchers);
  }
}
