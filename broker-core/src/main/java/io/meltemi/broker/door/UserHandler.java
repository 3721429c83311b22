package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Users: named once and for all; of a password only its hash is kept. */
final class UserHandler extends StoredHandler {
  private static final String PASSWORD = "password";
  private static final String CHANGE_PASSWORD = "changepassword";

  private final Users users;

  UserHandler(Tools tools, Users users) {
    super(tools);
    this.users = users;
  }

  /** Seen by itself and by those who run the house, of whom one always stays. */
  static final class UserLook implements Look {
    private final Store store;

    UserLook(Store store) {
      this.store = store;
    }

    @Override
    public boolean hides(Caller caller) {
      return !caller.operator();
    }

    @Override
    public boolean seen(Caller caller, Row row) {
      return caller.operator() || caller.user().equals(row.id());
    }

    @Override
    public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
      return switch (operation.name()) {
        case "delete" -> last(row) ? Optional.of(lastOperator()) : Optional.empty();
        case CHANGE_PASSWORD ->
            grants(caller, row, operation) ? Optional.empty() : Optional.of(ownOnly());
        default -> Optional.empty();
      };
    }

    /** Users change their own passwords, whatever they are in whichever tenant. */
    @Override
    public boolean grants(Caller caller, Row row, Operation operation) {
      return operation.name().equals(CHANGE_PASSWORD) && own(caller, row.id());
    }

    /** Who logged in with a password has just shown that it knows it; a token knows none. */
    static boolean own(Caller caller, String user) {
      return caller.user().equals(user) && caller.token().isEmpty();
    }

    /** True when nobody else could run the house. */
    boolean last(Row row) {
      return runs(row)
          && store.all(Users.USER).stream()
              .noneMatch(other -> !other.id().equals(row.id()) && runs(other));
    }

    static boolean runs(Row row) {
      return row.document().path("operator").asBoolean()
          && !row.document().path("disabled").asBoolean();
    }
  }

  private static Problem ownOnly() {
    return Problem.of(
        403,
        "user.password-own",
        "A password is changed by the user itself, logged in with the present one.",
        "Log in by Basic with name and present password; an operator's PUT gives another user a"
            + " new one.");
  }

  private static Problem lastOperator() {
    return Problem.of(
        409,
        "user.last-operator",
        "This is the last user who can run the house.",
        "Make another user an operator first.");
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode document = document(request, place.kind(), body);
    if (!document.hasNonNull(PASSWORD)) {
      throw Checks.missing(PASSWORD);
    }
    ObjectNode hash = users.passwordNode(document.path(PASSWORD).asText(), false);
    document.remove(PASSWORD);
    document.set("_", hash);
    return storeNamed(request, place, document);
  }

  /** The hash is made before the transaction, and only for those who may change it: it costs. */
  @Override
  public Reply update(Request request, Place place, ObjectNode body, Set<String> only) {
    UserLook look = new UserLook(tools().desk().store());
    UnaryOperator<Row> rehashed =
        body.hasNonNull(PASSWORD) && mayGive(request.caller())
            ? rehashing(body.path(PASSWORD).asText())
            : row -> row;
    ObjectNode rest = body.deepCopy();
    rest.remove(PASSWORD);
    return changed(
        request,
        place,
        rest,
        only,
        row -> {
          if (!UserLook.runs(row) && look.last(before(row))) {
            throw lastOperator().asException();
          }
          return rehashed.apply(row);
        });
  }

  /** The user's own, known already by its log-in: the rest is as with a PUT. */
  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    Caller caller = request.caller();
    if (caller.user().equals(place.path()) && caller.token().isPresent()) {
      throw ownOnly().asException();
    }
    checkInput(request, place, operation, input);
    UnaryOperator<Row> rehashed =
        UserLook.own(request.caller(), place.path())
            ? rehashing(input.path(PASSWORD).asText())
            : row -> row;
    return tools()
        .books()
        .writeHouse(
            request,
            transaction -> {
              Row row = current(transaction, request, place, operation);
              Row stored = transaction.update(rehashed.apply(row));
              Row job =
                  tools()
                      .jobs()
                      .done(transaction, request.caller(), operation, row.id(), List.of());
              return Outcome.changed(tools().views().of(request.caller(), stored), job);
            });
  }

  /** A token would become a log-in that outlives it. */
  private static boolean mayGive(Caller caller) {
    if (caller.token().isPresent()) throw ownOnly().asException();
    return caller.operator();
  }

  private Row before(Row row) {
    return tools().desk().store().read(Store.EVERYBODY, row.id()).orElse(row);
  }

  private UnaryOperator<Row> rehashing(String password) {
    ObjectNode hash = users.passwordNode(password, false);
    return row -> row.withInner(hash);
  }
}
