package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Ordering;
import io.meltemi.model.schema.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Kinds whose resources are rows and nothing more: everything follows from the declaration. */
class StoredHandler implements Handler {
  /** Everything that those who write rows share. */
  record Tools(Desk desk, Books books, Views views, Forms forms, Sealer sealer, Jobs jobs) {}

  /** Begins the job that deletes, of which {@link Jobs} has one for each sort of thing. */
  @FunctionalInterface
  interface Deletion {
    Row begin(Jobs jobs, Transaction transaction, Caller caller, Row row);
  }

  private final Tools tools;
  private final References references;

  StoredHandler(Tools tools) {
    this.tools = tools;
    this.references = new References(tools.desk());
  }

  final Tools tools() {
    return tools;
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    return tools
        .desk()
        .store()
        .read(caller.tenant(), place.path())
        .filter(row -> row.kind().equals(place.kind().name()))
        .filter(row -> tools.views().seen(caller, row))
        .map(row -> tools.views().of(caller, row));
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    boolean shown =
        tools.views().look(place.kind()).hides(caller)
            || tools.views().derives(place.kind(), query.attributes());
    return shown ? asShown(caller, place, query) : indexed(caller, place, query);
  }

  /**
   * By what the caller sees and not by what is stored: for kinds of which some rows are hidden, and
   * for questions about attributes that stand in no row.
   */
  private Page asShown(Caller caller, Place place, Query query) {
    List<Resource> seen =
        rows(caller, place, Optional.empty(), List.of(), 0, Long.MAX_VALUE).rows().stream()
            .filter(row -> tools.views().seen(caller, row))
            .map(row -> tools.views().of(caller, row))
            .toList();
    return Pages.of(caller, place, seen, query);
  }

  private Page indexed(Caller caller, Place place, Query query) {
    long first = Math.max(1, query.first().orElse(1));
    long limit = Math.max(0, query.last().orElse(Long.MAX_VALUE) - first + 1);
    Store.Found found = rows(caller, place, query.filter(), query.order(), first - 1, limit);
    List<Resource> items = found.rows().stream().map(row -> tools.views().of(caller, row)).toList();
    return Pages.of(caller, place, found.count(), items);
  }

  private Store.Found rows(
      Caller caller,
      Place place,
      Optional<Filter> filter,
      List<Ordering> order,
      long first,
      long limit) {
    return tools
        .desk()
        .store()
        .list(caller.tenant(), place.kind().name(), place.owner(), filter, order, first, limit);
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    return store(request, place, document(request, place.kind(), body));
  }

  static void mayAdd(Request request, Place place) {
    Rights.toAdd(request.caller(), place.kind())
        .ifPresent(problem -> {
          throw problem.asException();
        });
    if (Permits.offered(request.caller(), place.kind()).isEmpty()) {
      throw Refusals.unsupported(place.kind(), "add", Set.of()).asException();
    }
  }

  /** The document of a new resource, its name in it. */
  ObjectNode document(Request request, ResourceKind kind, ObjectNode body) {
    return tools.forms().fresh(request, kind, body);
  }

  /** The row as it is to be stored; a kind that derives something does it here. */
  Row prepared(Request request, Place place, Row row) {
    return tools.sealer().sealed(place.kind(), row);
  }

  final Reply store(Request request, Place place, ObjectNode document) {
    Row row = prepared(request, place, row(request, place, document));
    return tools.books().write(request, transaction -> added(transaction, request, place, row));
  }

  /** Stores a resource whose name is its path's last segment, so that no name is taken twice. */
  final Reply storeNamed(Request request, Place place, ObjectNode document) {
    String name = document.path("name").asText();
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,62}") || name.equals(Row.HOUSE)) {
      throw Refusals.attribute(
          "value",
          "name",
          "'" + Refusals.shown(name) + "' cannot be a name here.",
          "Use 1 to 63 lower case letters, digits, dots, hyphens and underscores.");
    }
    String id = place.path() + "/" + name;
    String tenant = Rights.ownerOfNew(request.caller(), place.kind());
    Row row = prepared(request, place, newRow(id, tenant, place, document));
    return tools
        .books()
        .write(
            request,
            transaction -> {
              if (transaction.find(id).isPresent()) {
                throw Refusals.taken(place.kind(), name);
              }
              return added(transaction, request, place, row);
            });
  }

  /** Stores a resource whose token is told in this answer and never again. */
  final Reply storeOnce(Request request, Place place, Row row, String token) {
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Outcome outcome = added(transaction, request, place, row);
              Resource plain = outcome.resource().orElseThrow();
              ObjectNode once = plain.attributes().deepCopy().put("token", token);
              Resource shown =
                  new Resource(
                      plain.kind(), plain.id(), plain.generation(), once, plain.operations());
              return outcome.showing(shown);
            });
  }

  final Outcome added(Transaction transaction, Request request, Place place, Row row) {
    Row stored = transaction.insert(row);
    Row job =
        tools.jobs().done(transaction, request.caller(), "add", place.path(), List.of(stored.id()));
    return Outcome.created(tools.views().of(request.caller(), stored), job);
  }

  /** A new row of a collection. */
  final Row row(Request request, Place place, ObjectNode document) {
    return newRow(
        tools.desk().newPath(place.path()),
        Rights.ownerOfNew(request.caller(), place.kind()),
        place,
        document);
  }

  final Row newRow(String id, String tenant, Place place, ObjectNode document) {
    String name = document.path("name").asText("");
    ObjectNode rest = document.deepCopy();
    rest.remove("name");
    var now = tools.desk().now();
    return new Row(id, tenant, place.kind().name(), place.owner(), name, "", now, now, 1, rest);
  }

  @Override
  public Reply update(Request request, Place place, ObjectNode body, Set<String> only) {
    return changed(request, place, body, only, row -> row);
  }

  /**
   * Changes a row; where nothing is another than before, nothing is written of it (R59, R66).
   *
   * @param finishing what is to be done to the changed row before it is stored
   */
  final Reply changed(
      Request request,
      Place place,
      ObjectNode body,
      Set<String> only,
      UnaryOperator<Row> finishing) {
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row row = current(transaction, request, place, "edit");
              ObjectNode document = tools.forms().changed(request, place.kind(), row, body, only);
              Row changed = finishing.apply(prepared(request, place, renewed(row, document)));
              Row stored =
                  changed.equals(row)
                      ? row
                      : transaction.update(changed.touched(tools.desk().now()));
              Row job =
                  tools.jobs().done(transaction, request.caller(), "edit", row.id(), List.of());
              return Outcome.changed(tools.views().of(request.caller(), stored), job);
            });
  }

  private static Row renewed(Row row, ObjectNode document) {
    String name = document.path("name").asText("");
    document.remove("name");
    return row.withName(name).withDocument(document);
  }

  @Override
  public Reply delete(Request request, Place place) {
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row row = current(transaction, request, place, "delete");
              leaving(transaction, row);
              return removed(transaction, request, place, row);
            });
  }

  /** Ends what must not outlive the row, in the transaction that removes it. */
  void leaving(Transaction transaction, Row row) {
    // nothing hangs on most rows but references, which are blanked
  }

  final Outcome removed(Transaction transaction, Request request, Place place, Row row) {
    references.removed(transaction, place.kind(), row);
    Row job =
        tools.jobs().done(transaction, request.caller(), "delete", place.collection(), List.of());
    return Outcome.gone(job);
  }

  /** Deletes by a job what stands at a provider; what never got there is gone at once. */
  final Reply deletedBy(Request request, Place place, Deletion deletion) {
    return tools
        .books()
        .write(
            request,
            transaction -> {
              Row row = current(transaction, request, place, "delete");
              Row job = deletion.begin(tools.jobs(), transaction, request.caller(), row);
              return transaction
                  .find(row.id())
                  .map(now -> Outcome.begun(tools.views().of(request.caller(), now), job))
                  .orElseGet(() -> Outcome.gone(job));
            });
  }

  /**
   * The row as it is now, seen by the caller, at the version that the caller expects, and in a
   * state that allows the operation.
   */
  final Row current(Transaction transaction, Request request, Place place, String operation) {
    Row row =
        transaction
            .find(place.path())
            .filter(found -> found.kind().equals(place.kind().name()))
            .filter(found -> mine(request.caller(), found))
            .filter(found -> tools.views().seen(request.caller(), found))
            .orElseThrow(() -> Refusals.notFound(place.path()));
    request
        .intent()
        .ifMatch()
        .ifPresent(asked -> {
          if (asked != row.generation()) {
            throw Refusals.stale(asked, row.generation());
          }
        });
    tools.views().permits().check(request, place.kind(), row, operation);
    return row;
  }

  /** An action takes the parameters that it declares, and {@code properties}. */
  final void checkInput(Request request, Place place, String operation, ObjectNode input) {
    ObjectNode own = input.deepCopy();
    own.remove("properties");
    place
        .kind()
        .operation(operation, request.intent().face())
        .ifPresent(declared -> tools.forms().checkInput(request, declared, own));
  }

  private static boolean mine(Caller caller, Row row) {
    return row.tenant().equals(caller.tenant()) || row.tenant().equals(Row.HOUSE);
  }
}
