package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Observation;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The machines of an account that no broker made, for those whose account it is: the tenant's
 * people, or those who run the house. One that was adopted is shown from its row, without a call,
 * and to the tenant that adopted it too.
 */
final class ForeignHandler extends DerivedHandler {
  static final String KIND = "ForeignMachine";

  private final StoredHandler.Tools tools;
  private final Accounts accounts;
  private final Function<Account, Connector> connectors;
  private final Adoptions adoptions;

  ForeignHandler(
      StoredHandler.Tools tools, Accounts accounts, Function<Account, Connector> connectors) {
    this.tools = tools;
    this.accounts = accounts;
    this.connectors = connectors;
    this.adoptions = new Adoptions(tools.desk());
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    Row account = account(caller, place);
    Map<String, Row> adopted = new LinkedHashMap<>();
    for (Row machine : adoptions.all(row -> at(row, account))) {
      adopted.put(name(machine.id()), machine);
    }
    List<Resource> all = new ArrayList<>();
    for (Observation seen : seen(caller, account)) {
      String name = Adoption.name(Accounts.id(account), seen.handle());
      if (!adopted.containsKey(name)) all.add(resource(caller, place, account, name, seen));
    }
    adopted.values().stream()
        .filter(machine -> shown(caller, account, machine))
        .map(machine -> resource(caller, place, machine))
        .forEach(all::add);
    return all;
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    Row account = account(caller, place);
    Optional<Row> adopted = machine(place, account);
    if (adopted.isPresent()) {
      return adopted
          .filter(machine -> shown(caller, account, machine))
          .map(machine -> resource(caller, place, machine));
    }
    return observation(caller, place, account)
        .map(seen -> resource(caller, place, account, name(place.path()), seen));
  }

  private Row account(Caller caller, Place place) {
    return AccountLook.above(tools.desk().store(), caller, place);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean at(Row machine, Row account) {
    return Adoptions.account(machine).filter(Accounts.id(account)::equals).isPresent();
  }

  /** The row that stands for the machine, if it was adopted. */
  private Optional<Row> machine(Place place, Row account) {
    return tools
        .desk()
        .store()
        .read(Store.EVERYBODY, Adoptions.path(name(place.path())))
        .filter(Adoption::is)
        .filter(machine -> at(machine, account));
  }

  private List<Observation> seen(Caller caller, Row account) {
    if (!AccountLook.looksInside(caller, account)) return List.of();
    try {
      return accounts
          .find(Accounts.id(account))
          .map(usable -> Errand.ask(() -> connectors.apply(usable).machines().foreign()))
          .orElseGet(List::of);
    } catch (ConnectorException e) {
      throw silent(e);
    }
  }

  private Optional<Observation> observation(Caller caller, Place place, Row account) {
    String id = Accounts.id(account);
    return seen(caller, account).stream()
        .filter(seen -> Adoption.name(id, seen.handle()).equals(name(place.path())))
        .findFirst();
  }

  private boolean mayAdopt(Caller caller, Row account) {
    return AccountLook.looksInside(caller, account)
        && caller.role().mayWrite()
        && accounts
            .find(Accounts.id(account))
            .filter(usable -> usable.serves(caller.tenant()))
            .isPresent();
  }

  private static boolean shown(Caller caller, Row account, Row machine) {
    return AccountLook.looksInside(caller, account) || machine.tenant().equals(caller.tenant());
  }

  private static boolean mayRelease(Caller caller, Row machine) {
    return caller.operator()
        || machine.tenant().equals(caller.tenant()) && caller.role().mayWrite();
  }

  private Resource resource(
      Caller caller, Place place, Row account, String name, Observation seen) {
    ObjectNode attributes = named(seen.name());
    attributes.put("handle", seen.handle().value()).put("state", seen.state().name());
    seen.shape()
        .ifPresent(shape -> {
          number(attributes, "cpu", shape.cpu());
          number(attributes, "memory", shape.memoryKibibytes());
        });
    ArrayNode addresses = object().arrayNode();
    seen.addresses().forEach(address -> addresses.add(address.ip()));
    if (!addresses.isEmpty()) attributes.set("addresses", addresses);
    attributes.put("adopted", false);
    return operating(place, name, attributes, mayAdopt(caller, account) ? "adopt" : "");
  }

  private static void number(ObjectNode attributes, String name, long value) {
    if (value > 0) attributes.put(name, value);
  }

  private Resource resource(Caller caller, Place place, Row machine) {
    ObjectNode attributes = named(machine.name());
    Placed.of(machine)
        .flatMap(Placed::handle)
        .ifPresent(handle -> attributes.put("handle", handle.value()));
    attributes.put("state", machine.state());
    number(attributes, "cpu", machine.document().path("cpu").asLong());
    number(attributes, "memory", machine.document().path("memory").asLong());
    ArrayNode addresses = object().arrayNode();
    machine.inner().path("addresses").forEach(each -> addresses.add(each.path("ip")));
    if (!addresses.isEmpty()) attributes.set("addresses", addresses);
    attributes.put("adopted", true);
    Adoption.of(machine).ifPresent(how -> attributes.put("acting", how.acting()));
    if (machine.tenant().equals(caller.tenant())) {
      attributes.set("machine", reference(machine.id()));
    }
    String operation = mayRelease(caller, machine) ? "release" : "";
    return operating(place, name(machine.id()), attributes, operation);
  }

  private static Resource operating(
      Place place, String name, ObjectNode attributes, String operation) {
    Resource plain = resource(place.kind(), place.collection() + "/" + name, attributes);
    return new Resource(
        plain.kind(),
        plain.id(),
        plain.generation(),
        attributes,
        operation.isEmpty() ? Set.of() : Set.of(operation));
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    Operation declared =
        place
            .kind()
            .operation(operation, request.intent().face())
            .orElseThrow(
                () -> Refusals.unsupported(place.kind(), operation, Set.of()).asException());
    Resource now = read(request.caller(), place).orElseThrow(() -> Refusals.notFound(place.path()));
    fresh(request, now);
    ObjectNode own = input.deepCopy();
    own.remove("properties");
    tools.forms().checkInput(request, declared, own);
    if (!now.operations().contains(operation)) throw refused(now, operation).asException();
    return operation.equals("adopt") ? adopted(request, place, own) : released(request, place);
  }

  private static Problem refused(Resource now, String operation) {
    boolean adopted = now.attributes().path("adopted").asBoolean();
    if (operation.equals("adopt") == adopted) {
      return Problem.of(
          409,
          "foreign.state",
          adopted ? "The machine is adopted already." : "The machine is not adopted.",
          adopted ? "Release it first, to adopt it anew." : "There is nothing to release.");
    }
    return Problem.of(
        403,
        "right.foreign",
        "Only writing members of the tenant whose account this is may do that, and those who run"
            + " the house with an account of the house.",
        "Ask one of them.");
  }

  private Reply adopted(Request request, Place place, ObjectNode input) {
    Row account = account(request.caller(), place);
    Observation seen =
        observation(request.caller(), place, account)
            .orElseThrow(() -> Refusals.notFound(place.path()));
    Adoption how = new Adoption(input.path("acting").asBoolean());
    Optional<String> name = Optional.ofNullable(input.path("name").textValue());
    String machine = Adoptions.path(name(place.path()));
    return tools
        .books()
        .write(
            request,
            transaction -> {
              if (transaction.find(machine).isPresent()) throw meanwhile();
              Row row =
                  adoptions.adopted(
                      transaction, request.tenant(), Accounts.id(account), seen, name, how);
              Row job =
                  tools
                      .jobs()
                      .done(
                          transaction, request.caller(), "adopt", place.path(), List.of(row.id()));
              return Outcome.changed(resource(request.caller(), place, row), job);
            });
  }

  private static RuntimeException silent(ConnectorException e) {
    return Problem.of(
            503,
            "provider.unavailable",
            "The account's provider does not tell now what stands there.",
            "Its words tell why; those who run the house see more at the account.")
        .saidByProvider(e.reason())
        .asException();
  }

  private static RuntimeException meanwhile() {
    return Problem.of(
            409,
            "foreign.state",
            "Somebody else adopted the machine at the same moment.",
            "Read it again.")
        .asException();
  }

  private Reply released(Request request, Place place) {
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row machine =
                  transaction
                      .find(Adoptions.path(name(place.path())))
                      .filter(Adoption::is)
                      .orElseThrow(() -> Refusals.notFound(place.path()));
              adoptions.released(transaction, machine);
              return Outcome.gone(
                  tools
                      .jobs()
                      .done(transaction, request.caller(), "release", place.path(), List.of()));
            });
  }
}
