package io.meltemi.broker.watch;

import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.VolumeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Volumes, and where they are attached. For one look at one account. */
final class VolumeComparison extends Comparison<VolumeObservation> {
  private final VolumeBook volumes;
  private final Map<Handle, String> machines;

  VolumeComparison(Tools tools, Notes notes, String account) {
    super(tools, notes);
    this.volumes = new VolumeBook(tools.clock());
    this.machines = machines(tools, account);
  }

  /** Paths of the machines of an account. */
  private static Map<Handle, String> machines(Tools tools, String account) {
    Map<Handle, String> paths = new HashMap<>();
    for (Row machine : tools.store().all(MachineBook.KIND)) {
      Placed.of(machine)
          .filter(placed -> placed.account().equals(account))
          .flatMap(Placed::handle)
          .ifPresent(handle -> paths.put(handle, machine.id()));
    }
    return paths;
  }

  @Override
  Handle handle(VolumeObservation seen) {
    return seen.handle();
  }

  @Override
  Optional<Token> token(VolumeObservation seen) {
    return seen.token();
  }

  @Override
  Optional<VolumeObservation> read(Connector connector, Handle handle) {
    return connector.volumes().read(handle);
  }

  @Override
  PlacedBook book() {
    return volumes;
  }

  @Override
  Optional<String> passing(VolumeObservation seen) {
    return Optional.of(seen.state()).filter(VolumeState::transitional).map(VolumeState::name);
  }

  @Override
  boolean settled(Row row, VolumeObservation seen) {
    return row.state().equals(seen.state().name())
        && VolumeBook.shows(row, seen)
        && attachments(row, seen).equals(Attachment.of(row));
  }

  @Override
  void differs(Transaction transaction, Row now, VolumeObservation seen) {
    Row placed = attached(transaction, now, attachments(now, seen));
    Row after = volumes.observed(transaction, placed, seen);
    List<String> news = new ArrayList<>(Sight.of(seen).news(now, seen.reason()));
    moved(now, after).ifPresent(news::add);
    if (!news.isEmpty()) volumes.tell(transaction, after, "drift", String.join("; ", news));
  }

  private static Row attached(Transaction transaction, Row row, List<Attachment> there) {
    Row after = row;
    for (Attachment old : Attachment.of(row)) after = Attachment.without(after, old.machine());
    for (Attachment now : there) after = now.into(after);
    return after.equals(row) ? row : transaction.update(after);
  }

  /** Where the provider shows the volume, in the order of the row. */
  private List<Attachment> attachments(Row row, VolumeObservation seen) {
    List<Attachment> there = new ArrayList<>();
    for (VolumeObservation.Attachment each : seen.attachments()) {
      String machine = machines.get(each.machine());
      if (machine == null) continue;
      there.add(
          Attachment.of(row, machine)
              .orElse(new Attachment(machine, Stage.ATTACHED, Optional.empty(), Optional.empty()))
              .at(Stage.ATTACHED)
              .seenAs(each.device()));
    }
    return there;
  }

  private static Optional<String> moved(Row before, Row after) {
    List<String> was = machines(before);
    List<String> is = machines(after);
    return was.equals(is)
        ? Optional.empty()
        : Optional.of("was attached to %s, and the provider shows %s".formatted(was, is));
  }

  private static List<String> machines(Row volume) {
    return Attachment.of(volume).stream().map(Attachment::machine).toList();
  }

  @Override
  void back(Transaction transaction, Row now, Placed known, VolumeObservation seen) {
    Row placed = volumes.at(transaction, now, known);
    Row back = volumes.observed(transaction, placed, seen);
    volumes.tell(transaction, back, "drift", "the provider shows the volume again");
  }

  @Override
  void lost(Transaction transaction, Row now) {
    String reason = "the provider no longer has the volume";
    Row alone = attached(transaction, now, List.of());
    Row after = volumes.lost(transaction, alone, reason);
    volumes.tell(transaction, after, "drift", "was " + now.state() + ": " + reason);
  }
}
