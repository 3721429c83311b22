package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The volumes of a machine that is being made. When the provider shows the machine, the task turns
 * to one volume after the other: those to be made are made, then all are attached. Which one it has
 * in hand ({@code focus}) and how far it is stands in its memory, so that a kill costs nothing.
 */
final class Mounting {
  private static final String ALL = "volumes";
  private static final String FOCUS = "focus";
  private static final String MADE = "made";
  private static final String ATTACHED = "attached";
  private static final String BEGUN = "mounting";

  private Mounting() {}

  /**
   * A volume of the order.
   *
   * @param row path of the volume
   * @param token of a volume that is to be made
   */
  record Entry(String row, Optional<Token> token) {}

  /**
   * @param rows of all volumes, in the order of the mounts
   */
  static void remember(
      ObjectNode memory, List<Mount> mounts, List<Row> rows, Supplier<String> ids) {
    for (int i = 0; i < mounts.size(); i++) {
      ObjectNode one = memory.withArray(ALL).addObject().put("row", rows.get(i).id());
      if (mounts.get(i) instanceof Mount.Fresh) one.put("token", "v-" + ids.get());
    }
    // What the steps of attaching want to know.
    if (!mounts.isEmpty()) memory.put("machine", memory.path("target").asText());
    if (!mounts.isEmpty()) memory.put("attach", true);
  }

  static List<Entry> all(JsonNode memory) {
    List<Entry> all = new ArrayList<>();
    for (JsonNode one : memory.path(ALL)) {
      all.add(
          new Entry(
              one.path("row").asText(),
              Optional.ofNullable(one.path("token").textValue()).map(Token::new)));
    }
    return all;
  }

  /** Those which are to be made. */
  static List<Entry> fresh(JsonNode memory) {
    return all(memory).stream().filter(entry -> entry.token().isPresent()).toList();
  }

  /** The volume that the task has in hand; empty when it is the machine. */
  static Optional<String> focus(JsonNode memory) {
    return Optional.ofNullable(memory.path(FOCUS).textValue());
  }

  /** The task turns to the machine again. */
  static void release(Work work) {
    work.memory().remove(FOCUS);
  }

  /** Paths of everything that the task makes or attaches. */
  static List<String> involved(Work work) {
    return Stream.concat(Stream.of(work.target()), all(work.memory()).stream().map(Entry::row))
        .toList();
  }

  /** How far a job is that has come to its volumes: the machine is behind it. */
  static int progress(Task task, Step step) {
    int least = focus(task.memory()).isPresent() ? 60 : 0;
    return Math.max(least, step.progress());
  }

  /** The order of the volume in hand. */
  static Optional<VolumeOrder> order(Work work, MachineOrder machine) {
    OptionalInt number = OptionalInt.empty();
    List<Entry> fresh = fresh(work.memory());
    String focus = focus(work.memory()).orElse("");
    for (int i = 0; i < fresh.size(); i++) {
      if (fresh.get(i).row().equals(focus)) number = OptionalInt.of(i);
    }
    return number.isPresent()
        ? Optional.of(machine.newVolumes().get(number.getAsInt()))
        : Optional.empty();
  }

  /** True from when the machine is there until its place is given up. */
  static boolean begun(Work work) {
    return work.memory().path(BEGUN).asBoolean();
  }

  /** The machine is there: what comes next, which is nothing where it is as it was ordered. */
  static Next begin(Work work, Observation seen) {
    boolean lends = Lending.wanted(work);
    boolean mounts = !all(work.memory()).isEmpty();
    work.memory().put(BEGUN, lends || mounts);
    if (lends) return work.go(CreateAddress.NAME, reached(work, 1));
    if (!mounts && seen.state() == CreateSettle.wanted(work)) return CreateSettle.up(work, seen);
    return onwards(work, reached(work, 1));
  }

  /** The volume in hand is there. */
  static Next made(Work work, Consumer<Transaction> change) {
    int made = count(work, MADE) + 1;
    work.memory().put(MADE, made);
    return onwards(work, change.andThen(reached(work, 1 + made)));
  }

  /** The volume in hand is attached. */
  static Next attached(Work work, Consumer<Transaction> change) {
    int attached = count(work, ATTACHED) + 1;
    work.memory().put(ATTACHED, attached);
    return onwards(work, change.andThen(reached(work, parts(work.memory()) - left(work))));
  }

  private static int left(Work work) {
    return all(work.memory()).size() - count(work, ATTACHED);
  }

  /** Parts of the job until the machine has its volumes. */
  static int parts(JsonNode memory) {
    return 1 + fresh(memory).size() + all(memory).size();
  }

  private static Consumer<Transaction> reached(Work work, int parts) {
    String job = work.job();
    return transaction -> Nested.reached(transaction, work.tools().jobs(), job, parts);
  }

  /** The next volume, or the end. */
  static Next onwards(Work work, Consumer<Transaction> change) {
    List<Entry> all = all(work.memory());
    List<Entry> fresh = fresh(work.memory());
    int made = count(work, MADE);
    int attached = count(work, ATTACHED);
    if (made < fresh.size()) {
      work.memory().put(FOCUS, fresh.get(made).row());
      return work.go(CreateAsk.NAME, change);
    }
    if (attached < all.size()) {
      work.memory().put(FOCUS, all.get(attached).row());
      return work.go(CreateAttach.NAME, change);
    }
    release(work);
    return work.go(CreateSettle.NAME, change);
  }

  private static int count(Work work, String name) {
    return work.memory().path(name).asInt();
  }

  /** The place is given up: at the next one everything is done anew. */
  static void restart(Work work) {
    release(work);
    work.memory().remove(List.of(MADE, ATTACHED, BEGUN));
  }

  /** The volumes to be made are to be made there; all are to be attached. */
  static void place(
      Transaction transaction,
      Tools tools,
      JsonNode memory,
      MachineOrder order,
      Choices.Choice choice,
      int attempt) {
    int number = 0;
    for (Entry entry : all(memory)) {
      Row row = attaching(transaction, tools, memory.path("target").asText(), entry);
      if (entry.token().isEmpty()) continue;
      VolumeOrder volume = order.newVolumes().get(number);
      Placed placed = Placed.at(choice.volumes().get(number), volume, entry.token().get(), attempt);
      Row at = tools.volumes().at(transaction, row, placed);
      tools.volumes().moved(transaction, at, VolumeState.CREATING);
      number++;
    }
  }

  private static Row attaching(Transaction transaction, Tools tools, String machine, Entry entry) {
    Row row = transaction.find(entry.row()).orElseThrow();
    Attachment there =
        Attachment.of(row, machine)
            .orElse(new Attachment(machine, Stage.ATTACHING, Optional.empty(), Optional.empty()));
    if (there.stage() == Stage.ATTACHING) return row;
    return tools.volumes().attached(transaction, row, there.at(Stage.ATTACHING));
  }

  /**
   * Nothing of the order is left: volumes that it made go, the others stand alone. What may still
   * appear is swept.
   */
  static void dissolve(Transaction transaction, Tools tools, JsonNode memory) {
    for (Entry entry : all(memory)) {
      Optional<Row> row = transaction.find(entry.row());
      if (row.isEmpty()) continue;
      if (entry.token().isEmpty()) {
        VolumeBook.detached(transaction, row.get(), memory.path("target").asText());
      } else {
        sweep(transaction, tools, row.get());
        tools.gone(transaction, row.get());
      }
    }
  }

  /** What may still appear of the volumes of a place that was given up is swept. */
  static void sweep(Transaction transaction, Tools tools, JsonNode memory) {
    for (Entry entry : fresh(memory)) {
      transaction.find(entry.row()).ifPresent(row -> sweep(transaction, tools, row));
    }
  }

  private static void sweep(Transaction transaction, Tools tools, Row volume) {
    Placed.of(volume)
        .filter(placed -> placed.asked().isPresent())
        .ifPresent(placed -> Sweep.add(transaction, tools, volume, placed));
  }

  /** True when the place shows nothing any more of the machine and of the volumes made for it. */
  static boolean cleared(Work work) {
    if (!cleared(work, work.row())) return false;
    boolean gone = true;
    for (Entry entry : fresh(work.memory())) {
      gone &= work.row(entry.row()).map(row -> cleared(work, row)).orElse(true);
    }
    return gone;
  }

  private static boolean cleared(Work work, Row row) {
    Optional<Placed> placed = Placed.of(row);
    boolean nowhere =
        placed.isEmpty() || placed.get().asked().isEmpty() && placed.get().handle().isEmpty();
    return nowhere || Removal.done(work.connector(), row, placed.get());
  }
}
