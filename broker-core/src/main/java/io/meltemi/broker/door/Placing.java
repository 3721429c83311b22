package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Resource;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What happens to every order that is placed, whatever is ordered: decision, dry run, refusal. */
final class Placing {
  private final Desk desk;
  private final Dispatch dispatch;
  private final Decisions decisions;

  Placing(Desk desk, Dispatch dispatch) {
    this.desk = desk;
    this.dispatch = dispatch;
    this.decisions = new Decisions(desk, dispatch);
  }

  /**
   * Decides where an order goes; stores resource, decision, job and the claim on the quota.
   *
   * @param quota what the tenant may hold
   * @param resource makes the row of what was ordered, when there is a place for it
   */
  Reply order(
      StoredHandler.Tools tools,
      Request request,
      Order order,
      Amount quota,
      Supplier<Row> resource) {
    Decision decision = dispatch.decide(request.tenant(), order);
    if (request.intent().dryRun()) return dryRun(order, decision);
    if (decision.choices().isEmpty()) throw refused(request, order, decision);
    Budget budget = new Budget(Budget.name(request.tenant()), quota);
    Decision within = dispatch.within(decision, order, budget);
    Row row = resource.get();
    Decisions.Written written =
        decisions.written(request.tenant(), order, decision, Optional.of(row.id()));
    Outcome.Claim claim =
        new Outcome.Claim(budget.name(), row.id(), dispatch.taken(within, order), quota);
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row stored = transaction.insert(row);
              store(transaction, written);
              Row job = tools.jobs().create(transaction, request.caller(), stored, order, within);
              Row now = transaction.find(stored.id()).orElse(stored);
              return Outcome.making(tools.views().of(request.caller(), now), job).claiming(claim);
            });
  }

  /** Shows the decision; nothing is written and nobody called. */
  private Reply dryRun(Order order, Decision decision) {
    ObjectNode document = decisions.document(order, decision);
    if (decision.choices().isEmpty()) {
      throw NoOffer.refused(order, decision, document, Optional.empty(), desk.now());
    }
    Resource told = new Resource(desk.kinds().get(Decisions.KIND), "", 0, document, Set.of());
    return new Reply(Optional.of(told), Optional.empty(), false, false, false);
  }

  /** Stores the decision that there is no place, for whoever wants to know why. */
  private RuntimeException refused(Request request, Order order, Decision decision) {
    Decisions.Written written =
        decisions.written(request.tenant(), order, decision, Optional.empty());
    desk.store()
        .write(
            request.tenant(),
            transaction -> {
              store(transaction, written);
              return written.row().id();
            });
    return NoOffer.refused(
        order, decision, written.row().document(), Optional.of(written.row().id()), desk.now());
  }

  private static void store(Transaction transaction, Decisions.Written written) {
    transaction.insert(written.row());
    for (Row list : written.lists()) {
      if (transaction.find(list.id()).isEmpty()) {
        transaction.insert(list);
      }
    }
  }
}
