package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.store.FactChange;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Resource;
import java.util.List;

/**
 * What changed of an account's facts, newest first, for those whose account it is: what is there of
 * one tenant is no other's to know.
 */
final class FactChangeHandler extends DerivedHandler {
  static final String KIND = "FactChange";

  private final Store store;

  FactChangeHandler(Store store) {
    this.store = store;
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    Row account = AccountLook.above(store, caller, place);
    if (!AccountLook.looksInside(caller, account)) return List.of();
    return store.factChanges(Accounts.id(account)).stream()
        .map(change -> resource(place, account, change))
        .toList();
  }

  private static Resource resource(Place place, Row account, FactChange change) {
    ObjectNode attributes = object().put("created", change.time().toString());
    if (!change.place().isEmpty()) attributes.put("location", change.place());
    attributes.put("fact", change.fact());
    change.before().ifPresent(value -> attributes.put("before", value));
    change.after().ifPresent(value -> attributes.put("after", value));
    attributes.put("time", change.time().toString()).put("source", change.source());
    return resource(place.kind(), account.id() + "/factChanges/" + change.number(), attributes);
  }
}
