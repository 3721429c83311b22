package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.VolumeState;
import java.time.Clock;
import java.util.List;

/** The book of volumes. */
public final class VolumeBook extends PlacedBook {
  /** Name of the kind. */
  public static final String KIND = "Volume";

  public VolumeBook(Clock clock) {
    super(clock, KIND, "volume");
  }

  public static VolumeState state(Row volume) {
    return VolumeState.valueOf(volume.state());
  }

  /** The volume is now in that state; an earlier reason no longer holds. */
  public Row moved(Transaction transaction, Row volume, VolumeState state) {
    return moved(transaction, volume, volume, state.name());
  }

  /** The volume is, its attachments apart, now as its provider shows it. */
  public Row observed(Transaction transaction, Row volume, VolumeObservation seen) {
    Row shown = shown(volume, seen);
    return seen.state() == VolumeState.ERROR
        ? moved(
            transaction,
            shown,
            volume,
            seen.state().name(),
            seen.reason().orElse("the provider gives no reason"))
        : moved(transaction, shown, volume, seen.state().name());
  }

  /** True when the row already tells what the provider shows, state and attachments apart. */
  public static boolean shows(Row volume, VolumeObservation seen) {
    return shown(volume, seen).equals(volume);
  }

  /** The volume's attachment to that machine is another one from now on. */
  public Row attached(Transaction transaction, Row volume, Attachment attachment) {
    return transaction.update(attachment.into(volume));
  }

  /** The volume is not attached to that machine any more. */
  public static Row detached(Transaction transaction, Row volume, String machine) {
    return transaction.update(Attachment.without(volume, machine));
  }

  /** The machine is gone, its volumes are not: all of them stand alone. */
  public static void machineGone(Transaction transaction, List<Row> volumes, String machine) {
    volumes.stream()
        .filter(volume -> Attachment.of(volume, machine).isPresent())
        .flatMap(volume -> transaction.find(volume.id()).stream())
        .forEach(volume -> detached(transaction, volume, machine));
  }

  /** {@code capacity} goes into the document, {@code providerName} under {@code _}. */
  private static Row shown(Row volume, VolumeObservation seen) {
    ObjectNode document = volume.document().deepCopy();
    if (seen.capacityKilobytes() > 0) document.put("capacity", seen.capacityKilobytes());
    ObjectNode inner = volume.inner().deepCopy();
    inner.put("providerName", seen.name());
    Row shown = volume.withDocument(document).withInner(inner);
    Amount amount = new Amount(0, 0, 0, seen.capacityKilobytes(), 1);
    return Placed.of(shown)
        .filter(placed -> seen.capacityKilobytes() > 0 && !placed.amount().equals(amount))
        .map(placed -> placed.taking(amount).into(shown))
        .orElse(shown);
  }
}
