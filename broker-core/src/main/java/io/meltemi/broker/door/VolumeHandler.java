package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.door.VolumeOrders.Understood;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Decision;

/** Volumes: ordered by template, placed by decision, made and removed by jobs. */
final class VolumeHandler extends StoredHandler {
  static final String KIND = VolumeBook.KIND;

  /** The one type that the standard defines. */
  static final String MAPPED = "http://schemas.dmtf.org/cimi/2/mapped";

  private final VolumeOrders orders;
  private final Placing placing;
  private final Captures captures;

  VolumeHandler(Tools tools, VolumeOrders orders, Placing placing, Captures captures) {
    super(tools);
    this.orders = orders;
    this.placing = placing;
    this.captures = captures;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode own = body.deepCopy();
    own.remove("volumeTemplate");
    ObjectNode document = document(request, place.kind(), own);
    Understood understood = orders.understood(request, body);
    VolumeOrder order = understood.order();
    Decision decision = placing.decide(request.tenant(), order);
    if (request.intent().dryRun()) {
      return placing.dryRun(order, decision);
    }
    if (decision.choices().isEmpty()) {
      throw placing.refused(request, order, decision);
    }
    document.put("type", understood.type().orElse(MAPPED));
    document.put("capacity", order.capacityKilobytes()).put("bootable", false);
    Row volume = row(request, place, document).withState("CREATING");
    Decisions.Written written = placing.written(request, order, decision, volume);
    return tools()
        .books()
        .write(
            request,
            transaction -> ordered(transaction, request, volume, written, understood, decision));
  }

  private Outcome ordered(
      Transaction transaction,
      Request request,
      Row volume,
      Decisions.Written written,
      Understood understood,
      Decision decision) {
    Row stored = transaction.insert(volume);
    Placing.store(transaction, written);
    VolumeOrder order = understood.order();
    Row job = tools().jobs().create(transaction, request.caller(), stored, order, decision);
    Row now = transaction.find(stored.id()).orElse(stored);
    return Outcome.making(tools().views().of(request.caller(), now), job)
        .claiming(
            new Outcome.Claim(
                Quota.budget(request.tenant()),
                volume.id(),
                order.amount(),
                understood.rules().quota()));
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    return captures.take(request, place, operation, input);
  }

  @Override
  public Reply delete(Request request, Place place) {
    return tools()
        .books()
        .write(
            request,
            transaction -> {
              Row volume = current(transaction, request, place, "delete");
              Row job = tools().jobs().deleteVolume(transaction, request.caller(), volume);
              return transaction
                  .find(volume.id())
                  .map(now -> Outcome.begun(tools().views().of(request.caller(), now), job))
                  .orElseGet(() -> Outcome.gone(job));
            });
  }
}
