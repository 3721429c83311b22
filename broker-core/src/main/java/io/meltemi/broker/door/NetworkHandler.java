package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.broker.door.NetworkOrders.Understood;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Page;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks: those that were ordered here, placed by decision, made and removed by jobs; and beside
 * them those that accounts and machines show, which are never touched.
 */
final class NetworkHandler extends StoredHandler {
  static final String KIND = NetworkBook.KIND;

  private final NetworkOrders orders;
  private final Placing placing;
  private final DerivedHandler shown;

  /**
   * @param shown the networks of accounts and machines, as far as they were not ordered here
   */
  NetworkHandler(Tools tools, NetworkOrders orders, Placing placing, DerivedHandler shown) {
    super(tools);
    this.orders = orders;
    this.placing = placing;
    this.shown = shown;
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    return super.read(caller, place).or(() -> shown.read(caller, place));
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    List<Resource> all = new ArrayList<>();
    for (Row row : Nets.ordered(tools().desk().store(), caller.tenant())) {
      if (tools().views().seen(caller, row)) all.add(tools().views().of(caller, row));
    }
    all.addAll(shown.all(caller, place));
    return Pages.of(caller, place, all, query);
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode own = body.deepCopy();
    own.remove("networkTemplate");
    ObjectNode document = document(request, place.kind(), own);
    Understood understood = orders.understood(request, body);
    return placing.order(
        tools(),
        request,
        understood.order(),
        understood.rules().quota(),
        () -> Placing.Stocked.alone(row(request, place, document).withState("CREATING")));
  }

  @Override
  public Reply delete(Request request, Place place) {
    Caller caller = request.caller();
    if (super.read(caller, place).isEmpty() && shown.read(caller, place).isPresent()) {
      mayAdd(request, place);
      throw Problem.of(
              409,
              "network.foreign",
              "The network was not made here: its account shows it.",
              "Delete it at its provider, if it is yours.")
          .asException();
    }
    return deletedBy(request, place, Jobs::deleteNetwork);
  }
}
