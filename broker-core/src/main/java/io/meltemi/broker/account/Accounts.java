package io.meltemi.broker.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The provider accounts of house and tenants. A row of kind {@code Account} holds {@code
 * connector}, open {@code settings}, {@code grants} and {@code limits}; sealed settings stand under
 * {@code _}.
 */
public final class Accounts {
  /** Name of the kind. */
  public static final String KIND = "Account";

  /** State of an account that takes no new orders; what is there is looked after as before. */
  public static final String DISABLED = "DISABLED";

  private static final String FOLDER = "accounts/";
  private static final Set<String> NEARBY = Set.of("scripted", "community-node");

  private final Store store;
  private final Secrets secrets;

  public Accounts(Store store, Secrets secrets) {
    this.store = store;
    this.secrets = secrets;
  }

  /** Path of an account's row. */
  public static String path(String id) {
    return FOLDER + id;
  }

  /** Id of the account that a row holds. */
  public static String id(Row row) {
    return row.id().substring(FOLDER.length());
  }

  /** All accounts, by creation. */
  public List<Account> all() {
    return store.all(KIND).stream().map(this::read).toList();
  }

  public Optional<Account> find(String id) {
    return store.read(Store.EVERYBODY, path(id)).map(this::read);
  }

  /** False when it is disabled or gone. */
  public boolean takesOrders(String id) {
    return store
        .read(Store.EVERYBODY, path(id))
        .filter(row -> !row.state().equals(DISABLED))
        .isPresent();
  }

  /** What goes under {@code _} of an account's row for its secret settings. */
  public ObjectNode sealed(String id, Map<String, String> secretSettings) {
    ObjectNode inner = JsonNodeFactory.instance.objectNode();
    ObjectNode sealed = inner.putObject("secrets");
    secretSettings.forEach(
        (name, plain) -> sealed.put(name, secrets.seal(purpose(id, name), plain)));
    return inner;
  }

  /**
   * Marks an account whose provider refuses it; the next discovery that succeeds lifts the mark.
   *
   * @return whether the account is still there
   */
  public static boolean mark(Transaction transaction, String id, String error) {
    Optional<Row> row = transaction.find(path(id));
    row.ifPresent(account -> {
      ObjectNode document = account.document().deepCopy();
      document.put("error", error);
      transaction.update(account.withDocument(document));
    });
    return row.isPresent();
  }

  /** The account of a row which need not be stored, its secrets opened. */
  public Account opened(Row row) {
    return read(row);
  }

  private Account read(Row row) {
    String id = id(row);
    JsonNode document = row.document();
    String connector = document.path("connector").asText();
    Map<String, String> settings = new HashMap<>();
    document
        .path("settings")
        .properties()
        .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    row.inner()
        .path("secrets")
        .properties()
        .forEach(each ->
            settings.put(
                each.getKey(), secrets.open(purpose(id, each.getKey()), each.getValue().asText())));
    Set<String> grants = new HashSet<>();
    document.path("grants").forEach(grant -> grants.add(tenantId(grant)));
    AccountLimits limits = NEARBY.contains(connector) ? AccountLimits.LOCAL : AccountLimits.REMOTE;
    return new Account(
        id,
        row.name(),
        row.tenant(),
        connector,
        settings,
        grants,
        limits.with(document.path("limits")));
  }

  /** A grant is a tenant's id or a reference to it. */
  private static String tenantId(JsonNode grant) {
    String text = grant.isObject() ? grant.path("href").asText() : grant.asText();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static String purpose(String id, String setting) {
    return path(id) + "/" + setting;
  }
}
