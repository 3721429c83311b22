package io.meltemi.placement;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;

/**
 * One rule of match-making: may this order be carried out on this offer? Found by {@link
 * java.util.ServiceLoader}; a tenant's set of rules names those that count.
 */
public interface Matcher {
  /** Stable name of the rule, lower case, for instance {@code memory}. */
  String name();

  /**
   * Judges one offer. {@code order.terms()} holds what order and tenant say together. Answers for
   * every offer; a pure function.
   */
  Verdict judge(Order order, Offer offer);
}
