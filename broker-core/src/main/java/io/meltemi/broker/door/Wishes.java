package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.pivot.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What orders and tenants say about places, with names of accounts looked up. */
final class Wishes {
  private static final String FIELD = "placement";
  private static final String TERMS = "terms";

  private final Store store;
  private final TermsReader reader;

  Wishes(Store store, TermsReader reader) {
    this.store = store;
    this.reader = reader;
  }

  /** What an order says about its place and, word by word where it says nothing, its template. */
  static JsonNode joined(JsonNode order, JsonNode template) {
    if (!order.isObject() || !template.isObject()) return order.isObject() ? order : template;
    ObjectNode joined = template.deepCopy();
    order
        .properties()
        .forEach(each ->
            joined.set(
                each.getKey(),
                each.getKey().equals(TERMS)
                    ? joined(each.getValue(), template.path(TERMS))
                    : each.getValue()));
    return joined;
  }

  Terms of(Caller caller, JsonNode placement) {
    return reader.read(
        placement, accounts(caller.tenant(), row -> AccountLook.sees(caller, row)), FIELD);
  }

  /** Likewise, of an order that is not of a volume. */
  Terms ofNoVolume(Caller caller, JsonNode placement) {
    Terms terms = of(caller, placement);
    if (!terms.volumeTypes().isEmpty()) {
      throw Problem.of(
              400,
              "placement.no-volume",
              "'volumeTypes' tells what a volume shall be; this placement is of none.",
              "Say it in the placement of the volume, or of the volume's template.")
          .at(FIELD + ".terms.volumeTypes")
          .asException();
    }
    return terms;
  }

  /** Refuses what no order could be given. */
  void check(Caller caller, JsonNode placement) {
    of(caller, placement);
  }

  /**
   * The rules of the caller's tenant; a tenant without a row has none. What is wrong with them is
   * an operator's to know: words for them could name accounts that this tenant does not see.
   */
  TenantRules ofTenant(Caller caller) {
    Optional<Row> row = store.read(Store.EVERYBODY, "tenants/" + caller.tenant());
    JsonNode document = row.<JsonNode>map(Row::document).orElse(MissingNode.getInstance());
    return new TenantRules(terms(caller, document), Budget.limit(document.path("quota")));
  }

  private Terms terms(Caller caller, JsonNode tenant) {
    try {
      return reader.read(tenant.path(FIELD), accounts(caller.tenant(), row -> true), FIELD);
    } catch (ProblemException e) {
      throw Problem.of(
              409,
              "tenant.rules",
              "The rules of this tenant name what is no longer there, so nothing can be placed.",
              "Ask an operator to correct the tenant's placement: " + e.problem().code() + ".")
          .asException();
    }
  }

  /** Ids of the accounts that a tenant may name, by id and by name; an id counts first. */
  private Map<String, String> accounts(String tenant, Predicate<Row> mayName) {
    Map<String, String> ids = new HashMap<>();
    List<Row> rows =
        store
            .list(
                tenant,
                Accounts.KIND,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Integer.MAX_VALUE)
            .rows()
            .stream()
            .filter(mayName)
            .toList();
    rows.forEach(row -> ids.put(row.name(), id(row)));
    rows.forEach(row -> ids.put(id(row), id(row)));
    return ids;
  }

  private static String id(Row row) {
    return row.id().substring(row.id().lastIndexOf('/') + 1);
  }
}
