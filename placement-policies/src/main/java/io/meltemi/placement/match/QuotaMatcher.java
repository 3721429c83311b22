package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.ArrayList;
import java.util.List;

/** The provider account may still use what the order would take. */
public final class QuotaMatcher implements Matcher {
  private static final String LEFT = " left in the account's quota";

  @Override
  public String name() {
    return "quota";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    List<Shortage> shortages =
        new ArrayList<>(Shortage.between(offer.taken(order), offer.quotaLeft(), LEFT));
    boolean ofAmount = !shortages.isEmpty();
    Shortage.add(shortages, addresses(order), offer.addressesLeft(), "floating addresses", LEFT);
    return Judge.ofWhatIsLeft(
        name(),
        shortages,
        ofAmount
            ? "delete machines or volumes of the account, or have its quota raised"
            : "do without, delete machines of the account that have one, or have its quota raised",
        offer);
  }

  private static long addresses(Order order) {
    return order instanceof MachineOrder machine && machine.floatingAddress() ? 1 : 0;
  }
}
