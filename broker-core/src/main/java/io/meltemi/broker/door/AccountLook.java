package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account as it is seen: without settings for those who only use it. */
final class AccountLook implements Look {
  /** Kinds of what is made at a provider, and is to be removed there. */
  private static final List<String> MADE =
      Stream.concat(
              BrokerDoor.PLACED.stream().sorted(), Stream.of(Images.KIND, VolumeImageHandler.KIND))
          .toList();

  private static final int MOST_NAMED = 5;

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
    return switch (operation.name()) {
      case "disable" ->
          disabled(row)
              ? Optional.of(Refusals.state("The account is DISABLED.", "Enable it, or leave it."))
              : Optional.empty();
      case "delete" -> inUse(Accounts.id(row)).or(() -> awaited(Accounts.id(row)));
      default -> Optional.empty();
    };
  }

  /** Why its settings may not lead to another project, region or vCenter. */
  Optional<Problem> moved(String account) {
    return there(account)
        .map(some ->
            Problem.of(
                    409,
                    "account.in-use",
                    "These settings lead to other machines than this account's. " + some,
                    "Register the other ones as an account of their own, or delete them first.")
                .at("settings"));
  }

  private Optional<Problem> inUse(String account) {
    return there(account).map(some -> refusal(some, "Delete them first"));
  }

  /** What we made there and is there still, in words. */
  private Optional<String> there(String account) {
    List<String> there =
        MADE.stream()
            .flatMap(kind -> store.all(kind).stream())
            .filter(row -> !Adoption.is(row) && isAt(row, account))
            .map(Row::id)
            .toList();
    if (there.isEmpty()) return Optional.empty();
    String some = there.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        "There are still "
            + there.size()
            + " machines, volumes, networks, captured images and snapshots at this account: "
            + some
            + (there.size() > MOST_NAMED ? " and others." : "."));
  }

  /** Many accounts may be shown at once, so rows are not decoded. */
  private static boolean isAt(Row row, String account) {
    ObjectNode inner = row.inner();
    return inner.path("placed").path("account").asText().equals(account)
        || inner.path("made").path("account").asText().equals(account);
  }

  /** Nobody would remove what still appears there. */
  private Optional<Problem> awaited(String account) {
    return Sweep.until(store, account)
        .map(until ->
            refusal(
                "Answers of this account's provider were lost: what may still appear there is"
                    + " looked for, to remove it, until "
                    + until.truncatedTo(ChronoUnit.SECONDS)
                    + ".",
                "Wait until then"));
  }

  private static Problem refusal(String what, String remedy) {
    return Problem.of(
        409, "account.in-use", what, remedy + ", or disable the account to place no more there.");
  }

  private static boolean disabled(Row row) {
    return row.state().equals(Accounts.DISABLED);
  }
}
