package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.pivot.Order;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks the place's provider for what was ordered. That it is asked is stored before; a run that
 * finds itself asked already was interrupted, so nobody knows what came of it.
 */
final class CreateAsk implements Step {
  static final String NAME = "create.ask";
  private static final Duration MOMENT = Duration.ofMinutes(1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "asks the provider for it";
  }

  @Override
  public int progress() {
    return 10;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask();
  }

  @Override
  public Next run(Work work) {
    Placed placed = Creating.placed(work);
    if (placed.asked().isPresent()) return work.go(CreateLook.NAME);
    if (closed(work, placed)) {
      return Creating.nextOffer(
          work, Fault.CREDENTIALS, "the account takes no orders, it is disabled or gone", false);
    }
    Order order = Creating.order(work);
    Stock stock = Stock.of(work.connector(), work.row());
    List<Handle> found = isNew(work) ? List.of() : stock.find(placed.token());
    Placed asked = placed.askedAt(work.now());
    if (!found.isEmpty()) return Creating.found(work, asked, found);
    work.save(at(work, asked));
    try {
      return named(work, asked, stock.create(order, asked));
    } catch (ConnectorException e) {
      return answered(work, asked, e);
    }
  }

  /** Volumes follow their machine, which is there already. */
  private static boolean closed(Work work, Placed placed) {
    return !Mounting.begun(work) && !work.tools().accounts().takesOrders(placed.account());
  }

  /**
   * True when nothing can bear the token yet: it is the first try for an order of a moment ago, and
   * nobody has put back an older store since. Else it is looked for, which takes providers that
   * cannot search the longer the more there is.
   */
  private static boolean isNew(Work work) {
    return work.task().attempts() == 0
        && Duration.between(work.row().created(), work.now()).compareTo(MOMENT) < 0;
  }

  /** Who said that it did nothing may have been a gateway that did not know better. */
  private static Next named(Work work, Placed asked, Handle handle) {
    return work.task().attempts() == 0
        ? Creating.made(work, asked, handle)
        : Creating.found(work, asked, List.of(handle));
  }

  private static Next answered(Work work, Placed asked, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT -> work.again(e, at(work, asked.notAsked()));
      case UNKNOWN -> work.go(CreateLook.NAME);
      case QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED -> Creating.refused(work, e);
      case BAD_REQUEST -> Creating.fail(work, ReturnCode.of(e.fault()), e.reason());
    };
  }

  private static Consumer<Transaction> at(Work work, Placed placed) {
    return work.onRow((tx, row) -> work.tools().book(row).at(tx, row, placed));
  }

  /** Nothing was asked yet. */
  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.againOr(e, () -> Creating.refused(work, e));
  }

  @Override
  public Next expired(Work work) {
    boolean asked = Creating.placed(work).asked().isPresent();
    if (asked) return work.go(CreateLook.NAME);
    return Creating.nextOffer(work, Fault.TRANSIENT, work.late("did not accept it in time"), false);
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
