package io.meltemi.broker.catalog;

import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The offers of all accounts, as last discovered. */
public interface Catalog {
  /**
   * The offers of accounts that take orders and are the tenant's or granted to it, in a stable
   * order.
   */
  Snapshot offers(String tenant);

  /**
   * Returns when the offers hold everything that was committed before; without it they may be a
   * moment behind.
   */
  void catchUp();

  /**
   * One offer as it is now, also of an account that is disabled: what stands there goes by it.
   * Empty when it is no longer there.
   */
  Optional<Offer> offer(String id);

  /** What every place of an account can do with machines; empty when it has not been asked. */
  Optional<Set<Capability>> everywhere(String account);

  /** What a place of an account can do; empty when it is not known now. */
  Optional<Set<Capability>> at(String account, String location);

  /** The networks of those accounts, in a stable order. */
  List<Network> networks(String tenant);

  /** How an account's facts were learnt; empty when there are none. */
  Optional<Learnt> learnt(String account);

  /**
   * How facts were learnt.
   *
   * @param source what told them, for instance {@code nova 2.1}
   * @param observed when
   * @param confidence how far they can be relied on: {@link Confidence#CONFIRMED} or {@link
   *     Confidence#REMEMBERED}
   */
  record Learnt(String source, Instant observed, Confidence confidence) {}

  /**
   * @param generation grows with every change of any offer
   */
  record Snapshot(long generation, List<Offer> offers) {
    public Snapshot {
      offers = List.copyOf(offers);
    }
  }
}
