package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.util.Optional;
import java.util.Set;

/** An account as it is seen: without settings for those who only use it. */
final class AccountLook implements Look {
  private static final Set<String> WHILE_ENABLED = Set.of("disable", "discover");

  private final Store store;
  private final Catalog catalog;

  AccountLook(Store store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  @Override
  public boolean hides(Caller caller) {
    return !caller.operator();
  }

  @Override
  public Set<String> derived() {
    return Set.of("state", "house", "confidence");
  }

  @Override
  public boolean seen(Caller caller, Row row) {
    return sees(caller, row);
  }

  /**
   * The row of the account that a place stands below, if the caller sees it.
   *
   * @throws io.meltemi.model.ProblemException 404 otherwise
   */
  static Row above(Store store, Caller caller, Place place) {
    return store
        .read(caller.tenant(), place.owner().orElse(""))
        .filter(row -> row.kind().equals(Accounts.KIND))
        .filter(row -> sees(caller, row))
        .orElseThrow(() -> Refusals.notFound(place.path()));
  }

  /**
   * An account of the house serves tenants that are strangers to each other, and what else is there
   * is none of theirs.
   */
  static boolean looksInside(Caller caller, Row account) {
    return caller.operator() || account.tenant().equals(caller.tenant());
  }

  /** An account of the house is seen by the tenants that it serves. */
  static boolean sees(Caller caller, Row row) {
    var grants = row.document().path("grants");
    return caller.operator()
        || row.tenant().equals(caller.tenant())
        || grants.isEmpty()
        || grants
            .valueStream()
            .anyMatch(each -> each.path("href").asText().equals("tenants/" + caller.tenant()));
  }

  @Override
  public void show(Caller caller, Row row, ObjectNode attributes) {
    attributes.put("state", disabled(row) ? Accounts.DISABLED : "ENABLED");
    attributes.put("house", row.tenant().equals(Row.HOUSE));
    catalog
        .learnt(Accounts.id(row))
        .ifPresent(learnt -> attributes.put("confidence", learnt.confidence().name()));
    if (!caller.operator()) {
      attributes.remove("settings");
      attributes.remove("grants");
      attributes.remove("limits");
    }
  }

  @Override
  public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
    if (!caller.operator()) {
      return Optional.of(Rights.operatorsOnly("an Account"));
    }
    if (disabled(row) && WHILE_ENABLED.contains(operation.name())) {
      return Optional.of(Refusals.state("The account is DISABLED.", "Enable it, or leave it."));
    }
    if (!operation.name().equals("delete")) {
      return Optional.empty();
    }
    long placed = BrokerDoor.PLACED.stream().mapToLong(kind -> placed(kind, row)).sum();
    return placed == 0 ? Optional.empty() : Optional.of(AccountHandler.inUse(placed));
  }

  private long placed(String kind, Row account) {
    return store.all(kind).stream()
        .filter(held -> !Adoption.is(held))
        .map(held -> held.inner().path("placed").path("account").asText())
        .filter(id -> account.id().equals(Accounts.path(id)))
        .count();
  }

  private static boolean disabled(Row row) {
    return row.state().equals(Accounts.DISABLED);
  }
}
