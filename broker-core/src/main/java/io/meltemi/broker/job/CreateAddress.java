package io.meltemi.broker.job;

import io.meltemi.broker.place.Lent;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks for the floating address of the new machine, which must be there first, and waits until the
 * machine shows it. That it is asked for is stored before; a run that finds itself asked already
 * never asks again, for the first call may still be carried out.
 */
final class CreateAddress implements Step {
  static final String NAME = "create.address";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "asks the provider for its floating address";
  }

  @Override
  public int progress() {
    return 50;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask().plus(work.accountLimits().look());
  }

  @Override
  public Next run(Work work) {
    Placed placed = Creating.placed(work);
    Addresses addresses = work.connector().addresses();
    List<Handle> there = Lending.there(addresses, placed);
    if (!there.isEmpty()) return lent(work, placed, addresses, there);
    if (placed.lent().isPresent()) return missing(work, placed.lent().get());
    Placed asked = placed.lending(Optional.of(Lent.askedAt(work.now())));
    work.save(at(work, asked));
    try {
      Handle address = addresses.lend(placed.handle().orElseThrow(), placed.token());
      return work.look("the provider lends an address", at(work, known(work, asked, address)));
    } catch (ConnectorException e) {
      return answered(work, asked, e);
    }
  }

  private static Next answered(Work work, Placed asked, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT -> work.again(e, at(work, asked.lending(Optional.empty())));
      case UNKNOWN -> work.look("the provider's answer was lost; looks for the address");
      case QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED, BAD_REQUEST -> Creating.refused(work, e);
    };
  }

  private static Next missing(Work work, Lent lent) {
    return work.now().isBefore(lent.asked().plus(work.accountLimits().look()))
        ? work.look("the provider does not show the address yet")
        : nextOffer(work);
  }

  private static Next nextOffer(Work work) {
    return Creating.nextOffer(
        work, Fault.UNKNOWN, "did not tell whether it lends an address", true);
  }

  private static Next lent(Work work, Placed placed, Addresses addresses, List<Handle> there) {
    Handle kept = there.getFirst();
    Consumer<Transaction> change = kept(work, placed, addresses, there);
    return addresses.read(kept).filter(seen -> shown(work, placed, seen)).isPresent()
        ? Mounting.onwards(work, change)
        : work.look("the machine does not show its address yet", change);
  }

  /** Of several the first is kept. */
  private static Consumer<Transaction> kept(
      Work work, Placed placed, Addresses addresses, List<Handle> there) {
    there.stream().skip(1).forEach(addresses::release);
    return at(work, known(work, placed, there.getFirst()));
  }

  private static boolean shown(Work work, Placed placed, AddressObservation address) {
    return work.connector().machines().read(placed.handle().orElseThrow()).stream()
        .flatMap(machine -> machine.addresses().stream())
        .map(Observation.Address::ip)
        .anyMatch(address.ip()::equals);
  }

  private static Placed known(Work work, Placed placed, Handle address) {
    Lent lent = placed.lent().orElseGet(() -> Lent.askedAt(work.now()));
    return placed.lending(Optional.of(lent.known(address)));
  }

  private static Consumer<Transaction> at(Work work, Placed placed) {
    return work.onRow((tx, row) -> work.tools().machines().at(tx, row, placed));
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT, UNKNOWN, CREDENTIALS -> work.again(e);
      case QUOTA, CAPACITY, UNSUPPORTED, BAD_REQUEST -> Creating.refused(work, e);
    };
  }

  /**
   * The time may have run out while nobody worked, so there is a last look. An address that is lent
   * and not shown yet is told by the watch.
   */
  @Override
  public Next expired(Work work) {
    Placed placed = Creating.placed(work);
    if (placed.lent().isEmpty()) {
      return Creating.nextOffer(work, Fault.TRANSIENT, work.late("lent no address in time"), true);
    }
    try {
      Addresses addresses = work.connector().addresses();
      List<Handle> there = Lending.there(addresses, placed);
      return there.isEmpty()
          ? nextOffer(work)
          : Mounting.onwards(work, kept(work, placed, addresses, there));
    } catch (ConnectorException e) {
      return nextOffer(work);
    }
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
