package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Resource;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import java.util.Optional;
import java.util.Set;

/** What happens to every order that is placed, whatever is ordered: decision, dry run, refusal. */
final class Placing {
  private final Desk desk;
  private final Dispatch dispatch;
  private final Decisions decisions;

  Placing(Desk desk, Dispatch dispatch) {
    this.desk = desk;
    this.dispatch = dispatch;
    this.decisions = new Decisions(desk);
  }

  Decision decide(String tenant, Order order) {
    return dispatch.decide(tenant, order);
  }

  /** Shows the decision; nothing is written and nobody called. */
  Reply dryRun(Order order, Decision decision) {
    ObjectNode document = decisions.document(order, decision);
    if (decision.choices().isEmpty()) {
      throw NoOffer.refused(order, decision, document, Optional.empty(), desk.now());
    }
    Resource told = new Resource(desk.kinds().get(Decisions.KIND), "", 0, document, Set.of());
    return new Reply(Optional.of(told), Optional.empty(), false, false, false);
  }

  /** Stores the decision that there is no place, for whoever wants to know why. */
  RuntimeException refused(Request request, Order order, Decision decision) {
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

  /** The decision by which a resource gets its place. */
  Decisions.Written written(Request request, Order order, Decision decision, Row resource) {
    return decisions.written(request.tenant(), order, decision, Optional.of(resource.id()));
  }

  static void store(Transaction transaction, Decisions.Written written) {
    transaction.insert(written.row());
    for (Row list : written.lists()) {
      if (transaction.find(list.id()).isEmpty()) {
        transaction.insert(list);
      }
    }
  }
}
