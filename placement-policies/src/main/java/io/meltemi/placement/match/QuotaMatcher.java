package io.meltemi.placement.match;

import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.NetworkOrder;
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
    NetworkAmount wish = offer.networkTaken(order);
    NetworkAmount left = offer.networkLeft();
    Shortage.add(shortages, wish.networks(), left.networks(), "networks", LEFT);
    Shortage.add(shortages, wish.subnets(), left.subnets(), "subnets", LEFT);
    Shortage.add(shortages, wish.ports(), left.ports(), "ports", LEFT);
    boolean ofPorts = wish.ports() > left.ports();
    Shortage.add(shortages, wish.addresses(), left.addresses(), "floating addresses", LEFT);
    if (shortages.isEmpty()) return Judge.admit(name());
    String remedy = remedy(order, ofAmount, ofPorts) + ", or have its quota raised";
    return Judge.ofWhatIsLeft(name(), shortages, remedy, offer);
  }

  private static String remedy(Order order, boolean ofAmount, boolean ofPorts) {
    if (order instanceof NetworkOrder) return "delete networks of the account";
    if (ofAmount) return "delete machines or volumes of the account";
    if (ofPorts) return "delete machines of the account";
    return "do without, delete machines of the account that have one";
  }
}
