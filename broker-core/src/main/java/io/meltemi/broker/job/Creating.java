package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns that the steps of a creation have in common. */
final class Creating {
  private Creating() {}

  static Placed placed(Work work) {
    return Placed.of(work.row())
        .orElseThrow(() -> new IllegalStateException(work.target() + " has no place"));
  }

  static Order order(Work work) {
    return work.tools().orders().open(work.memory().path("order").asText());
  }

  /** One of the objects found is the one from now on; others bearing its token are removed. */
  static Next adopt(Work work, Placed placed, List<Handle> found) {
    Handle kept = placed.handle().filter(found::contains).orElse(found.getFirst());
    return work.go(
        CreateBuild.NAME,
        work.onRow((transaction, row) -> {
          work.tools().book(row).at(transaction, row, placed.known(kept));
          if (found.size() > 1) sweep(transaction, work, row, placed, Optional.of(kept));
        }));
  }

  /** The reaction to a fault that says that nothing was made here. */
  static Next refused(Work work, ConnectorException fault) {
    if (fault.fault() == Fault.CREDENTIALS) {
      String account = work.task().queue();
      work.tools()
          .store()
          .write(
              Store.EVERYBODY, transaction -> Accounts.mark(transaction, account, fault.reason()));
    }
    return nextOffer(work, fault.fault(), fault.reason(), false);
  }

  /**
   * Goes to the next offer under the next sub-token, or gives up when there is none.
   *
   * @param uncertain something may still appear here: the token is kept on the sweep list
   */
  static Next nextOffer(Work work, Fault fault, String reason, boolean uncertain) {
    Placed old = placed(work);
    remember(work, old, fault, reason);
    if (fault == Fault.UNKNOWN) comeBack(work, old);
    Optional<Placed> next = next(work, old);
    if (next.isEmpty()) {
      return fail(work, ReturnCode.NO_OFFER, "no offer took the order: " + reasons(work));
    }
    return new Next.Go(
        CreateAsk.NAME,
        next.get().account(),
        work.onRow((transaction, row) -> {
          if (uncertain) sweep(transaction, work, row, old, Optional.empty());
          work.tools().book(row).at(transaction, row, next.get());
        }));
  }

  /** Removes whatever was made; the job fails. */
  static Next fail(Work work, int code, String message) {
    work.memory().put("code", code).put("message", message);
    return work.go(CreateUndo.NAME);
  }

  /** Removes whatever was made; the job was stopped. */
  static Next stop(Work work) {
    return work.go(CreateUndo.NAME);
  }

  static void sweep(
      Transaction transaction, Work work, Row row, Placed placed, Optional<Handle> keep) {
    Sweep.add(transaction, work.tools(), row, placed.account(), placed.token(), keep);
  }

  private static void remember(Work work, Placed old, Fault fault, String reason) {
    work.memory()
        .withArray("refused")
        .addObject()
        .put("offer", old.offer())
        .put("account", old.account())
        .put("fault", fault.name())
        .put("reason", reason);
  }

  /** An offer that gave no answer is tried once more when all others have refused. */
  private static void comeBack(Work work, Placed old) {
    boolean before =
        work.memory()
            .withArray("again")
            .valueStream()
            .anyMatch(id -> id.asText().equals(old.offer()));
    if (before) return;
    work.memory().withArray("again").add(old.offer());
    work.memory().withArray("choices").add(old.offer());
  }

  private static Optional<Placed> next(Work work, Placed old) {
    ObjectNode memory = work.memory();
    Store store = work.tools().store();
    Budget budget = Budget.of(store, work.row().tenant());
    Token base = new Token(memory.path("token").asText());
    for (int i = memory.path("choice").asInt() + 1; i < memory.path("choices").size(); i++) {
      Optional<Offer> offer = work.tools().catalog().offer(memory.path("choices").path(i).asText());
      if (offer.isEmpty()) continue;
      Placed next = Placed.at(offer.get(), order(work), base, old.attempt() + 1);
      if (budget.hasRoom(store, next.amount(), old.amount())) {
        memory.put("choice", i);
        return Optional.of(next);
      }
      remember(work, next, Fault.QUOTA, "the tenant's own quota has no room for what it gives");
    }
    memory.put("choice", memory.path("choices").size());
    return Optional.empty();
  }

  private static String reasons(Work work) {
    return work.memory()
        .path("refused")
        .valueStream()
        .map(one ->
            "%s: %s: %s"
                .formatted(
                    one.path("account").asText(),
                    one.path("fault").asText(),
                    one.path("reason").asText()))
        .collect(Collectors.joining("; "));
  }
}
