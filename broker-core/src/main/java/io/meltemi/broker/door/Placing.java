package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.store.Change;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Resource;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import java.util.ArrayList;
import java.util.List;
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
   * What an order becomes in the store.
   *
   * @param row of what was ordered
   * @param volumes books the volumes that go with it and gives their rows; may run more than once
   */
  record Stocked(Row row, Change<List<Row>> volumes) {
    /** Nothing goes with it. */
    static Stocked alone(Row row) {
      return new Stocked(row, transaction -> List.of());
    }
  }

  /**
   * Decides where an order goes; stores resource, decision, job and the claims on the quota.
   *
   * @param quota what the tenant may hold
   * @param stock makes the rows, when there is a place for them
   */
  Reply order(
      StoredHandler.Tools tools,
      Request request,
      Order order,
      Amount quota,
      Supplier<Stocked> stock) {
    Decision decision = dispatch.decide(request.tenant(), order);
    if (request.intent().dryRun()) return dryRun(order, decision);
    if (decision.choices().isEmpty()) throw refused(request, order, decision);
    Budget budget = new Budget(Budget.name(request.tenant()), quota);
    Decision within = dispatch.within(decision, order, budget);
    Stocked stocked = stock.get();
    Row row = stocked.row();
    Decisions.Written written =
        decisions.written(request.tenant(), order, decision, Optional.of(row.id()));
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row stored = transaction.insert(row);
              store(transaction, written);
              List<Row> volumes = stocked.volumes().run(transaction);
              Row job =
                  tools
                      .jobs()
                      .create(transaction, request.caller(), stored, volumes, order, within);
              Row now = transaction.find(stored.id()).orElse(stored);
              return Outcome.making(tools.views().of(request.caller(), now), job)
                  .claiming(claims(row, volumes, order, dispatch.taken(within, order), budget));
            });
  }

  /** What is ordered takes its part of the budget, and so does each volume that is made with it. */
  private static List<Outcome.Claim> claims(
      Row row, List<Row> volumes, Order order, Amount taken, Budget budget) {
    List<Outcome.Claim> claims = new ArrayList<>();
    claims.add(new Outcome.Claim(budget.name(), row.id(), taken, budget.limit()));
    if (order instanceof MachineOrder machine) {
      for (int i = 0; i < volumes.size(); i++) {
        if (machine.mounts().get(i) instanceof Mount.Fresh fresh) {
          Amount amount = fresh.order().amount();
          claims.add(new Outcome.Claim(budget.name(), volumes.get(i).id(), amount, budget.limit()));
        }
      }
    }
    return claims;
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
