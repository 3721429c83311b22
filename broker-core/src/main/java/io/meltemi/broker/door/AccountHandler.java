package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.catalog.AccountFacts;
import io.meltemi.broker.catalog.Discovery;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Inventory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Provider accounts: stored only after the provider has answered once with these settings. Settings
 * that the connector declares secret are sealed and never shown.
 */
final class AccountHandler extends StoredHandler {
  private static final String SETTINGS = "settings";

  private final Accounts accounts;
  private final AccountLook look;
  private final AccountTrial trial;
  private final Discovery discovery;

  /** An account's row as it may be stored, and what its provider has. */
  private record Tried(Row row, Inventory inventory) {}

  AccountHandler(
      Tools tools, Accounts accounts, AccountLook look, AccountTrial trial, Discovery discovery) {
    super(tools);
    this.accounts = accounts;
    this.look = look;
    this.trial = trial;
    this.discovery = discovery;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode document = document(request, place.kind(), body);
    boolean house = document.path("house").asBoolean(true);
    document.remove("house");
    trial.readFile(document);
    Row row =
        newRow(
            tools().desk().newPath(place.path()),
            house ? Row.HOUSE : request.tenant(),
            place,
            document);
    Tried tried = tried(row.withState("ENABLED"), row);
    Reply reply =
        tools()
            .books()
            .write(request, transaction -> added(transaction, request, place, tried.row()));
    discovery.found(Accounts.id(row), tried.inventory());
    return reply;
  }

  @Override
  public Reply update(Request request, Place place, ObjectNode body, Set<String> only) {
    Optional<Row> before =
        tools()
            .desk()
            .store()
            .read(request.tenant(), place.path())
            .filter(row -> row.kind().equals(place.kind().name()));
    ObjectNode rest = body.deepCopy();
    if (before.isEmpty() || !request.caller().operator()) {
      return super.update(request, place, rest, only);
    }
    ObjectNode document = tools().forms().changed(request, place.kind(), before.get(), body, only);
    document.remove("name");
    Row wanted = before.get().withDocument(document);
    if (!body.has(SETTINGS) && settings(wanted).equals(settings(before.get()))) {
      return super.update(request, place, rest, only);
    }
    Tried tried = tried(wanted, before.get());
    if (AccountFacts.differ(before.get(), tried.row())) staysUnlessEmpty(before.get());
    Reply reply =
        changed(
            request,
            place,
            rest,
            only,
            row -> {
              ObjectNode settled = row.document().deepCopy();
              for (String name : List.of(SETTINGS, "inventory", "discovered")) {
                settled.set(name, tried.row().document().path(name));
              }
              settled.remove("error");
              return row.withDocument(settled).withInner(tried.row().inner());
            });
    discovery.found(Accounts.id(before.get()), tried.inventory());
    return reply;
  }

  /** Where other machines are, those that are placed would count as lost. */
  private void staysUnlessEmpty(Row account) {
    look.moved(Accounts.id(account))
        .ifPresent(problem -> {
          throw problem.asException();
        });
  }

  /** The row with its secrets sealed, and with what its provider has answered. */
  private Tried tried(Row row, Row before) {
    String connector = row.document().path("connector").asText();
    Map<String, String> open = new HashMap<>();
    Map<String, String> secret = new HashMap<>();
    Set<String> secrets = trial.secretSettings(connector);
    settings(row)
        .forEach((name, value) -> (secrets.contains(name) ? secret : open).put(name, value));
    Map<String, JsonNode> kept = kept(before, secret.keySet());
    kept.keySet().removeAll(trial.unusedSettings(connector, open));
    boolean moved = !address(connector, row).equals(address(connector, before));
    if (moved && !kept.isEmpty()) throw TrialRefusals.anew(kept.keySet().iterator().next());
    Row sealed = sealed(row, open, secret, kept);
    Inventory inventory = trial.found(connector, accounts.opened(sealed));
    return new Tried(AccountFacts.found(sealed, inventory), inventory);
  }

  /** Sealed secrets that are not given again. */
  private static Map<String, JsonNode> kept(Row before, Set<String> given) {
    Map<String, JsonNode> kept = new TreeMap<>();
    before
        .inner()
        .path("secrets")
        .properties()
        .forEach(each -> kept.put(each.getKey(), each.getValue()));
    kept.keySet().removeAll(given);
    return kept;
  }

  private static Map<String, String> settings(Row row) {
    Map<String, String> settings = new HashMap<>();
    row.document()
        .path(SETTINGS)
        .properties()
        .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    return settings;
  }

  /** What of the settings says where the account's secrets are sent. */
  private Map<String, String> address(String connector, Row row) {
    Map<String, String> address = settings(row);
    address.keySet().retainAll(trial.addressSettings(connector));
    return address;
  }

  private Row sealed(
      Row row, Map<String, String> open, Map<String, String> secret, Map<String, JsonNode> kept) {
    ObjectNode document = row.document().deepCopy();
    ObjectNode settings = document.putObject(SETTINGS);
    open.forEach(settings::put);
    ObjectNode inner = accounts.sealed(Accounts.id(row), secret);
    inner.withObject("/secrets").setAll(kept);
    return row.withDocument(document).withInner(inner);
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    return tools()
        .books()
        .write(
            request,
            transaction -> {
              Row row = current(transaction, request, place, operation);
              checkInput(request, place, operation, input);
              if (operation.equals("discover")) {
                return Outcome.begun(
                    tools().views().of(request.caller(), row),
                    tools().jobs().discover(transaction, request.caller(), row));
              }
              String state = operation.equals("enable") ? "ENABLED" : Accounts.DISABLED;
              Row stored = transaction.update(row.withState(state));
              Row job =
                  tools()
                      .jobs()
                      .done(transaction, request.caller(), operation, row.id(), List.of());
              return Outcome.changed(tools().views().of(request.caller(), stored), job);
            });
  }

  /** What was adopted there is let go, and what only its provider had is nowhere any more. */
  @Override
  void leaving(Transaction transaction, Row row) {
    String id = Accounts.id(row);
    new Adoptions(tools().desk())
        .released(
            transaction, machine -> Adoptions.account(machine).filter(id::equals).isPresent());
    discovery.leaving(transaction, id);
  }
}
