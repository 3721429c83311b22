package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What orders and tenants say about places, with names of accounts looked up. */
final class Wishes {
  private static final String FIELD = "placement";

  private final Store store;
  private final TermsReader reader;

  Wishes(Store store, TermsReader reader) {
    this.store = store;
    this.reader = reader;
  }

  Terms of(Caller caller, JsonNode placement) {
    return reader.read(placement, accounts(caller.tenant()), FIELD);
  }

  /** Refuses what no order could be given. */
  void check(Caller caller, JsonNode placement) {
    of(caller, placement);
    ports(placement);
  }

  List<Integer> ports(JsonNode placement) {
    return reader.ports(placement, FIELD);
  }

  /** The rules of the caller's tenant; a tenant without a row has none. */
  TenantRules ofTenant(Caller caller) {
    Optional<Row> row = store.read(Store.EVERYBODY, "tenants/" + caller.tenant());
    JsonNode document = row.<JsonNode>map(Row::document).orElse(MissingNode.getInstance());
    Terms terms = reader.read(document.path(FIELD), accounts(caller.tenant()), "tenant." + FIELD);
    return new TenantRules(terms, Quota.limit(document.path("quota")));
  }

  /** Ids of the accounts that a tenant may name, by id and by name; an id counts first. */
  private Map<String, String> accounts(String tenant) {
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
            .rows();
    rows.forEach(row -> ids.put(row.name(), id(row)));
    rows.forEach(row -> ids.put(id(row), id(row)));
    return ids;
  }

  private static String id(Row row) {
    return row.id().substring(row.id().lastIndexOf('/') + 1);
  }
}
