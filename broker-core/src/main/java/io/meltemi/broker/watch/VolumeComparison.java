package io.meltemi.broker.watch;

import io.meltemi.broker.job.JobOf;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same as {@link Comparison} for volumes, and where they are attached. */
final class VolumeComparison {
  private final Tools tools;
  private final VolumeBook volumes;
  private final Notes notes;

  VolumeComparison(Tools tools) {
    this.tools = tools;
    this.volumes = new VolumeBook(tools.clock());
    this.notes = new Notes(tools);
  }

  /**
   * @param rows as they were before the provider was asked
   */
  void compare(String account, Connector connector, List<Row> rows, List<VolumeObservation> seen) {
    Map<Handle, Row> byHandle = new HashMap<>();
    Map<Token, Row> byToken = new HashMap<>();
    for (Row row : rows) {
      Placed placed = Placed.of(row).orElseThrow();
      placed.handle().ifPresent(handle -> byHandle.put(handle, row));
      byToken.put(placed.token(), row);
    }
    Map<Handle, String> machines = machines(account);
    for (VolumeObservation observation : seen) {
      Row row = byHandle.remove(observation.handle());
      if (row != null) {
        same(row, observation, machines);
      } else {
        observation.token().ifPresent(token -> other(account, token, observation, byToken));
      }
    }
    byHandle.forEach((handle, row) -> missing(connector, handle, row, machines));
  }

  /** Paths of the machines of an account. */
  private Map<Handle, String> machines(String account) {
    Map<Handle, String> paths = new HashMap<>();
    for (Row machine : tools.store().all(MachineBook.KIND)) {
      Placed.of(machine)
          .filter(placed -> placed.account().equals(account))
          .flatMap(Placed::handle)
          .ifPresent(handle -> paths.put(handle, machine.id()));
    }
    return paths;
  }

  /** What is under way at the provider is told when it has ended. */
  private void same(Row row, VolumeObservation seen, Map<Handle, String> machines) {
    List<Attachment> there = attachments(row, seen, machines);
    boolean agrees =
        row.state().equals(seen.state().name())
            && VolumeBook.shows(row, seen)
            && there.equals(Attachment.of(row));
    if (seen.state().transitional() || agrees || JobOf.busy(tools.store(), row)) return;
    notes.write(
        row,
        (transaction, now) -> {
          Row placed = attached(transaction, now, there);
          Row after = volumes.observed(transaction, placed, seen);
          difference(now, after)
              .ifPresent(words -> volumes.tell(transaction, after, "drift", words));
        });
  }

  private static Row attached(Transaction transaction, Row row, List<Attachment> there) {
    Row after = row;
    for (Attachment old : Attachment.of(row)) after = Attachment.without(after, old.machine());
    for (Attachment now : there) after = now.into(after);
    return after.equals(row) ? row : transaction.update(after);
  }

  /** Where the provider shows the volume, in the order of the row. */
  private static List<Attachment> attachments(
      Row row, VolumeObservation seen, Map<Handle, String> machines) {
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

  /** What people should know of it. */
  private static Optional<String> difference(Row before, Row after) {
    if (!before.state().equals(after.state())) {
      return Optional.of(
          "was %s, and the provider shows %s".formatted(before.state(), after.state()));
    }
    List<String> was = machines(before);
    List<String> is = machines(after);
    return was.equals(is)
        ? Optional.empty()
        : Optional.of("was attached to %s, and the provider shows %s".formatted(was, is));
  }

  private static List<String> machines(Row volume) {
    return Attachment.of(volume).stream().map(Attachment::machine).toList();
  }

  /** An object that no row names by its handle. */
  private void other(String account, Token token, VolumeObservation seen, Map<Token, Row> byToken) {
    Row row = byToken.get(token);
    if (row == null) {
      notes.stranger(account, token, seen.handle());
    } else if (!JobOf.busy(tools.store(), row)) {
      ours(account, token, seen, row);
    }
  }

  private void ours(String account, Token token, VolumeObservation seen, Row row) {
    Placed placed = Placed.of(row).orElseThrow();
    notes.write(
        row,
        (transaction, now) -> {
          if (placed.handle().isPresent()) {
            Sweep.add(transaction, tools, now, account, token, placed.handle());
          } else {
            Row known = volumes.at(transaction, now, placed.known(seen.handle()));
            Row back = volumes.observed(transaction, known, seen);
            volumes.tell(transaction, back, "drift", "the provider shows the volume again");
          }
        });
  }

  /** Lists may be behind: only what cannot be read either is lost. */
  private void missing(Connector connector, Handle handle, Row row, Map<Handle, String> machines) {
    if (JobOf.busy(tools.store(), row)) return;
    Optional<VolumeObservation> seen = connector.volumes().read(handle);
    if (seen.isPresent()) {
      same(row, seen.get(), machines);
      return;
    }
    notes.write(
        row,
        (transaction, now) -> {
          String reason = "the provider no longer has the volume";
          Row alone = attached(transaction, now, List.of());
          Row after = volumes.lost(transaction, alone, reason);
          volumes.tell(transaction, after, "drift", "was " + now.state() + ": " + reason);
        });
  }
}
