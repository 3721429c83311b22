package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.Optional;
import java.util.Set;

/** Tenants: named once and for all, with rules that count for all their orders. */
final class TenantHandler extends StoredHandler {
  static final String KIND = "Tenant";

  /** What goes with a tenant and keeps nobody from deleting it. */
  private static final Set<String> RECORDS = Set.of("Job", "Decision", OfferLists.KIND);

  private final Wishes wishes;

  TenantHandler(Tools tools, Wishes wishes) {
    super(tools);
    this.wishes = wishes;
  }

  /** Seen by its members and by those who run the house; deleted when it holds nothing. */
  static final class TenantLook implements Look {
    private final Desk desk;

    TenantLook(Desk desk) {
      this.desk = desk;
    }

    @Override
    public boolean hides(Caller caller) {
      return !caller.operator();
    }

    @Override
    public boolean seen(Caller caller, Row row) {
      return caller.operator() || caller.tenants().contains(row.name());
    }

    @Override
    public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
      if (!operation.name().equals("delete")) {
        return Optional.empty();
      }
      return held(desk.kinds(), desk.store(), row.name())
          .map(kind -> notEmpty("resources of the type " + kind))
          .or(() -> member(row).map(user -> notEmpty("the member " + user)));
    }

    private static Problem notEmpty(String what) {
      return Problem.of(
          409,
          "tenant.not-empty",
          "The tenant still has " + what + ".",
          "Delete what belongs to the tenant, and its users' memberships, first.");
    }

    /** A member left behind would act in the next tenant of that name. */
    private Optional<String> member(Row tenant) {
      return desk.store().all(Users.USER).stream()
          .filter(user -> Users.memberships(user).containsKey(tenant.name()))
          .map(Row::name)
          .findFirst();
    }

    private static Optional<String> held(Kinds kinds, Store store, String tenant) {
      return kinds.all().stream()
          .map(ResourceKind::name)
          .filter(kind -> !RECORDS.contains(kind))
          .filter(kind ->
              store.all(kind).stream()
                  .anyMatch(row -> row.tenant().equals(tenant) && !Adoption.is(row)))
          .findFirst();
    }
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode document = document(request, place.kind(), body);
    return storeNamed(request, place, document);
  }

  /** What it adopted is let go. */
  @Override
  void leaving(Transaction transaction, Row row) {
    new Adoptions(tools().desk())
        .released(transaction, machine -> machine.tenant().equals(row.name()));
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    wishes.check(request.caller(), row.document().path("placement"));
    return super.prepared(request, place, row);
  }
}
