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
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
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

  /** The order of what the step has in hand. */
  static Order order(Work work) {
    Order order = whole(work);
    return order instanceof MachineOrder machine
        ? Mounting.order(work, machine).<Order>map(volume -> volume).orElse(order)
        : order;
  }

  private static Order whole(Work work) {
    return work.tools().orders().open(work.memory().path("order").asText());
  }

  /** The provider's answer names it. */
  static Next made(Work work, Placed placed, Handle handle) {
    return work.go(
        CreateBuild.NAME,
        work.onRow((transaction, row) ->
            work.tools().book(row).at(transaction, row, placed.known(handle))));
  }

  /**
   * No answer named it, or not the first one: one of the objects found is the one from now on.
   * Nobody knows whether more come of what was asked for: they are removed, those which appear late
   * too.
   */
  static Next found(Work work, Placed placed, List<Handle> found) {
    Handle kept = placed.handle().filter(found::contains).orElse(found.getFirst());
    return work.go(
        CreateBuild.NAME,
        work.onRow((transaction, row) -> {
          work.tools().book(row).at(transaction, row, placed.known(kept));
          Sweep.addOthers(transaction, work.tools(), row, placed, kept);
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
    Placed placed = placed(work);
    remember(work, placed.offer(), placed.account(), new Refusal(fault, reason));
    if (fault == Fault.UNKNOWN) Choices.again(work.memory());
    if (!Mounting.begun(work)) return moveOn(work, uncertain);
    Mounting.release(work);
    return work.go(CreateLeave.NAME);
  }

  /** Nothing is left, or what is left is swept: goes to the next offer. */
  static Next moveOn(Work work, boolean uncertain) {
    Placed old = placed(work);
    Mounting.restart(work);
    Optional<Choices.Choice> next = next(work, old);
    if (next.isEmpty()) {
      return fail(work, ReturnCode.NO_OFFER, "no offer took the order: " + reasons(work));
    }
    Order order = whole(work);
    Placed placed = placed(work, next.get(), order, old);
    ObjectNode memory = work.memory().deepCopy();
    return new Next.Go(
        CreateAsk.NAME,
        placed.account(),
        work.onRow((transaction, row) -> {
          if (uncertain) {
            sweep(transaction, work, row, old);
            Mounting.sweep(transaction, work.tools(), memory);
          }
          work.tools().book(row).at(transaction, row, placed);
          if (order instanceof MachineOrder machine) {
            Mounting.place(
                transaction, work.tools(), memory, machine, next.get(), placed.attempt());
          }
        }));
  }

  /** Removes whatever was made; the job fails. */
  static Next fail(Work work, int code, String message) {
    Mounting.release(work);
    work.memory().put("code", code).put("message", message);
    return work.go(CreateUndo.NAME);
  }

  /** Removes whatever was made; the job was stopped. */
  static Next stop(Work work) {
    Mounting.release(work);
    return work.go(CreateUndo.NAME);
  }

  static void sweep(Transaction transaction, Work work, Row row, Placed placed) {
    Sweep.add(transaction, work.tools(), row, placed);
    Sweep.addAddress(transaction, work.tools(), row);
  }

  /** What the job says when all is done; offers that did not take the order are told too. */
  static String ending(Work work, String state) {
    Placed placed = placed(work);
    String done = "%s at %s, %s".formatted(state, placed.account(), placed.spot().location());
    return work.memory().path("refused").isEmpty() ? done : done + "; before: " + reasons(work);
  }

  /** Why an offer does not take the order. */
  private record Refusal(Fault fault, String reason) {}

  private static void remember(Work work, String offer, String account, Refusal why) {
    work.memory()
        .withArray("refused")
        .addObject()
        .put("offer", offer)
        .put("account", account)
        .put("fault", why.fault().name())
        .put("reason", why.reason());
  }

  /** The decision was taken on what was known then: each offer is judged again. */
  private static Optional<Choices.Choice> next(Work work, Placed old) {
    ObjectNode memory = work.memory();
    Order order = whole(work);
    work.tools().catalog().catchUp();
    Optional<Choices.Choice> next = after(work, Choices.now(memory));
    while (next.isPresent()) {
      Choices.Choice choice = next.get();
      Optional<Refusal> refusal = refusal(work, choice, order, old);
      if (refusal.isEmpty()) {
        Choices.now(memory, choice.number());
        return next;
      }
      remember(work, choice.offer().id(), choice.offer().account(), refusal.get());
      next = after(work, choice.number());
    }
    Choices.none(memory);
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(
      Work work, Choices.Choice choice, Order order, Placed old) {
    Optional<String> withdrawn = choice.withdrawn(order, work.tools().placement());
    if (withdrawn.isPresent()) {
      return withdrawn.map(words -> new Refusal(Fault.UNSUPPORTED, words));
    }
    Store store = work.tools().store();
    Amount wanted = placed(work, choice, order, old).amount();
    return Budget.of(store, work.row().tenant()).hasRoom(store, wanted, old.amount())
        ? Optional.empty()
        : Optional.of(
            new Refusal(Fault.QUOTA, "the tenant's own quota has no room for what it gives"));
  }

  private static Optional<Choices.Choice> after(Work work, int number) {
    return Choices.from(work.memory(), number + 1, work.tools().catalog());
  }

  /** The order at a choice, under the next sub-token. */
  private static Placed placed(Work work, Choices.Choice choice, Order order, Placed old) {
    Token base = new Token(work.memory().path("token").asText());
    return Placed.at(choice.offer(), order, base, old.attempt() + 1);
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
