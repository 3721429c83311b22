package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.VolumeState;
import io.meltemi.placement.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes jobs and their tasks into the caller's transaction. */
public final class JobBook implements Jobs {
  /** Of an order's offers at most so many are tried. */
  private static final int MOST_CHOICES = 16;

  /** Queue of tasks which need no provider. */
  private static final String BROKER = "broker";

  private final Tools tools;
  private final JobRows rows;

  public JobBook(Tools tools) {
    this.tools = tools;
    this.rows = tools.jobs();
  }

  @Override
  public Row create(
      Transaction transaction,
      Caller caller,
      Row target,
      List<Row> volumes,
      Order order,
      Decision decision) {
    Row job = insertWithParts(transaction, caller, target, volumes, order);
    Token token =
        new Token(target.kind().substring(0, 1).toLowerCase(Locale.ROOT) + "-" + tools.ids().get());
    ObjectNode memory = memory(target, tools.limits().job()).put("token", token.value());
    memory.put("order", tools.orders().seal(order));
    Choices.remember(memory, decision.choices().stream().limit(MOST_CHOICES).toList());
    List<Mount> mounts = order instanceof MachineOrder machine ? machine.mounts() : List.of();
    Mounting.remember(memory, mounts, volumes, tools.ids());
    Row taken = JobOf.take(target, job);
    volumes.forEach(volume -> transaction.update(JobOf.take(volume, job)));
    Optional<Choices.Choice> first = first(memory, order);
    if (first.isPresent()) {
      Offer offer = first.get().offer();
      Choices.now(memory, first.get().number());
      transaction.update(Placed.at(offer, order, token, 0).into(taken));
      if (order instanceof MachineOrder machine) {
        Mounting.place(transaction, tools, memory, machine, first.get(), 0);
      }
      begin(transaction, job, offer.account(), CreateAsk.NAME, tools.limits().ask(), memory);
      return job;
    }
    transaction.update(taken);
    memory
        .put("code", ReturnCode.NO_OFFER)
        .put("message", "no chosen offer is there any more as it was");
    begin(transaction, job, BROKER, CreateUndo.NAME, tools.limits().remove(), memory);
    return job;
  }

  /** The best that fits still, for offers change between decision and order too. */
  private Optional<Choices.Choice> first(ObjectNode memory, Order order) {
    Optional<Choices.Choice> first = Choices.from(memory, 0, tools.catalog());
    while (first.flatMap(each -> each.withdrawn(order, tools.placement())).isPresent()) {
      first = Choices.from(memory, first.get().number() + 1, tools.catalog());
    }
    return first;
  }

  /** Where more than one thing must succeed, each shows as a job of its own. */
  private Row insertWithParts(
      Transaction transaction, Caller caller, Row target, List<Row> volumes, Order order) {
    String collection = target.id().substring(0, target.id().lastIndexOf('/'));
    List<String> affected =
        Stream.concat(Stream.of(target), volumes.stream()).map(Row::id).toList();
    Row whole = rows.queued(target.tenant(), caller.user(), "add", collection, affected);
    List<Row> parts =
        order instanceof MachineOrder machine ? parts(whole, target, volumes, machine) : List.of();
    Row job =
        transaction.insert(
            parts.isEmpty() ? whole : rows.withNested(whole, parts.stream().map(Row::id).toList()));
    parts.forEach(transaction::insert);
    return job;
  }

  private List<Row> parts(Row whole, Row target, List<Row> volumes, MachineOrder machine) {
    List<String> actions = actions(machine.initialState());
    if (actions.isEmpty() && volumes.isEmpty()) return List.of();
    List<Row> parts = new ArrayList<>();
    parts.add(rows.nested(whole, "add", target.id(), List.of()));
    for (int i = 0; i < volumes.size(); i++) {
      if (machine.mounts().get(i) instanceof Mount.Fresh) {
        parts.add(rows.nested(whole, "add", volumes.get(i).id(), List.of()));
      }
    }
    for (Row volume : volumes) {
      parts.add(
          rows.nested(whole, "add", target.id() + "/volumes", List.of(volume.id(), target.id())));
    }
    actions.forEach(action -> parts.add(rows.nested(whole, action, target.id(), List.of())));
    return parts;
  }

  private static List<String> actions(MachineState initial) {
    return switch (initial) {
      case PAUSED -> List.of("start", "pause");
      case SUSPENDED -> List.of("start", "suspend");
      case STOPPED -> List.of("stop");
      default -> List.of();
    };
  }

  @Override
  public Row act(Transaction transaction, Caller caller, Row machine, MachineAction action) {
    Row job = insertFor(transaction, caller, machine, word(action));
    supersede(transaction, machine, job);
    ObjectNode memory = memory(machine, tools.limits().ask().plus(tools.limits().act()));
    memory.put("action", action.name());
    Row taken = JobOf.take(machine, job);
    tools.machines().moved(transaction, taken, during(taken, action));
    begin(transaction, job, queue(machine), ActAsk.NAME, tools.limits().ask(), memory);
    return job;
  }

  /** A machine that is stopped is not stopped again before it starts. */
  private static MachineState during(Row machine, MachineAction action) {
    boolean stopped = machine.state().equals(MachineState.STOPPED.name());
    return Acting.again(action) && stopped ? MachineState.STARTING : action.during();
  }

  @Override
  public Row capture(Transaction transaction, Caller caller, Row subject, Row image) {
    boolean volume = subject.kind().equals(VolumeBook.KIND);
    Row job =
        transaction.insert(
            rows.queued(
                subject.tenant(),
                caller.user(),
                volume || SnapshotBook.is(image) ? "snapshot" : "capture",
                subject.id(),
                List.of(image.id())));
    Token token = new Token("i-" + tools.ids().get());
    Placed placed = Placed.of(subject).orElseThrow();
    ObjectNode memory = memory(image, tools.limits().ask().plus(tools.limits().capture()));
    memory.put("subject", subject.id()).put("before", subject.state());
    memory.put("handle", placed.handle().orElseThrow().value());
    Made made = new Made(placed.account(), token, Optional.empty(), Optional.empty());
    transaction.update(made.into(JobOf.take(image, job)));
    Row taken = JobOf.take(subject, job);
    if (volume) {
      tools.volumes().moved(transaction, taken, VolumeState.CAPTURING);
    } else {
      tools.machines().moved(transaction, taken, MachineState.CAPTURING);
    }
    begin(transaction, job, placed.account(), CaptureAsk.NAME, tools.limits().ask(), memory);
    return job;
  }

  @Override
  public Row restore(Transaction transaction, Caller caller, Row machine, Row snapshot) {
    Row job =
        transaction.insert(
            rows.queued(
                machine.tenant(), caller.user(), "restore", machine.id(), List.of(snapshot.id())));
    supersede(transaction, machine, job);
    ObjectNode memory = memory(machine, Restoring.limit(tools, queue(machine)));
    Restoring.remember(memory, snapshot);
    tools.machines().moved(transaction, JobOf.take(machine, job), MachineState.RESTORING);
    begin(transaction, job, queue(machine), RestoreAsk.NAME, tools.limits().ask(), memory);
    return job;
  }

  @Override
  public Row deleteMachine(Transaction transaction, Caller caller, Row machine) {
    if (Adoption.is(machine)) throw new IllegalArgumentException(machine.id() + " was adopted");
    Row job = insertFor(transaction, caller, machine, "delete");
    Optional<Task> earlier = supersede(transaction, machine, job);
    Row taken = JobOf.take(machine, job);
    tools.machines().moved(transaction, taken, MachineState.DELETING);
    earlier
        .filter(task -> task.step().startsWith("create."))
        .ifPresent(task -> deleteHalfMade(transaction, caller, task));
    return removal(transaction, job, machine, DeleteMachine.NAME);
  }

  /** The volumes that a creation made or was about to make, and that nobody has used yet. */
  private void deleteHalfMade(Transaction transaction, Caller caller, Task creation) {
    for (Mounting.Entry entry : Mounting.fresh(creation.memory())) {
      transaction.find(entry.row()).ifPresent(row -> deleteVolume(transaction, caller, row));
    }
  }

  @Override
  public Row attach(
      Transaction transaction, Caller caller, Row volume, String machine, boolean attach) {
    Row job =
        transaction.insert(
            rows.queued(
                volume.tenant(),
                caller.user(),
                attach ? "add" : "delete",
                machine + "/volumes",
                List.of(volume.id(), machine)));
    supersede(transaction, volume, job);
    ObjectNode memory = memory(volume, tools.limits().ask().plus(tools.limits().act()));
    memory.put("machine", machine).put("attach", attach);
    transaction.update(JobOf.take(volume, job));
    begin(transaction, job, queue(volume), AttachAsk.NAME, tools.limits().ask(), memory);
    return job;
  }

  @Override
  public Row deleteVolume(Transaction transaction, Caller caller, Row volume) {
    Row job = insertFor(transaction, caller, volume, "delete");
    supersede(transaction, volume, job);
    tools.volumes().moved(transaction, JobOf.take(volume, job), VolumeState.DELETING);
    return removal(transaction, job, volume, DeleteVolume.NAME);
  }

  @Override
  public Row deleteNetwork(Transaction transaction, Caller caller, Row network) {
    Row job = insertFor(transaction, caller, network, "delete");
    supersede(transaction, network, job);
    tools.networks().moved(transaction, JobOf.take(network, job), NetworkState.DELETING);
    return removal(transaction, job, network, DeleteNetwork.NAME);
  }

  private Row removal(Transaction transaction, Row job, Row placed, String step) {
    Duration limit = tools.limits().remove();
    begin(transaction, job, queue(placed), step, limit, memory(placed, limit));
    return job;
  }

  @Override
  public Row deleteImage(Transaction transaction, Caller caller, Row image) {
    Row job = insertFor(transaction, caller, image, "delete");
    supersede(transaction, image, job);
    transaction.update(JobOf.take(image, job).withState("DELETING"));
    Duration limit = tools.limits().remove();
    String queue = Made.of(image).map(Made::account).orElse(BROKER);
    begin(transaction, job, queue, DeleteImage.NAME, limit, memory(image, limit));
    return job;
  }

  @Override
  public Row discover(Transaction transaction, Caller caller, Row account) {
    Row job = insertFor(transaction, caller, account, "discover");
    Duration limit = tools.limits().ask();
    String queue = account.id().substring(Accounts.path("").length());
    begin(transaction, job, queue, Rediscover.NAME, limit, memory(account, limit));
    return job;
  }

  @Override
  public Row stop(Transaction transaction, Caller caller, Row job) {
    if (JobRows.state(job).ended()) return job;
    String whole = JobRows.parent(job).orElse(job.id());
    if (transaction.interrupt(whole)) {
      transaction.task(whole).ifPresent(task -> transaction.updateTask(stopped(task)));
    }
    Row parent = transaction.find(whole).orElse(job);
    if (JobRows.state(parent).ended()) return job;
    Row stopping = transaction.update(rows.stopping(parent));
    return stopping.id().equals(job.id()) ? stopping : transaction.update(rows.stopping(job));
  }

  @Override
  public Row stopAndForget(Transaction transaction, Caller caller, Row job) {
    return stop(transaction, caller, transaction.update(JobRows.unwanted(job)));
  }

  @Override
  public Row done(
      Transaction transaction, Caller caller, String action, String target, List<String> affected) {
    return transaction.insert(rows.done(caller.tenant(), caller.user(), action, target, affected));
  }

  private Row insertFor(Transaction transaction, Caller caller, Row target, String action) {
    return transaction.insert(
        rows.queued(target.tenant(), caller.user(), action, target.id(), List.of()));
  }

  /**
   * Ends an earlier job on the same resource. A capture goes on alone and removes its image.
   *
   * @return the task that was ended
   */
  private Optional<Task> supersede(Transaction transaction, Row target, Row by) {
    Optional<Row> earlier =
        JobOf.of(target).flatMap(transaction::find).filter(job -> !JobRows.state(job).ended());
    if (earlier.isEmpty() || !transaction.interrupt(earlier.get().id())) return Optional.empty();
    Task task = transaction.task(earlier.get().id()).orElseThrow();
    boolean own = target.id().equals(task.memory().path("target").asText());
    if (task.step().startsWith("capture.") && !own) {
      transaction.updateTask(stopped(task));
      transaction.update(rows.stopping(earlier.get()));
      return Optional.empty();
    }
    transaction.deleteTask(task);
    if (task.step().startsWith("capture.")) {
      Capturing.free(transaction, tools, task.memory());
    }
    Next.End end =
        new Next.End(
            JobState.STOPPED, ReturnCode.SUPERSEDED, by.id() + " took over", Next.nothing());
    JobRows.keep(transaction, rows.ended(earlier.get(), end.state(), end.code(), end.message()));
    Nested.close(transaction, rows, earlier.get(), end);
    return Optional.of(task);
  }

  private static Task stopped(Task task) {
    ObjectNode memory = task.memory().deepCopy().put("stop", true);
    return new Task(
        task.job(),
        task.tenant(),
        task.queue(),
        task.step(),
        task.due(),
        task.attempts(),
        memory,
        task.fence(),
        Optional.empty(),
        Optional.empty());
  }

  private ObjectNode memory(Row target, Duration limit) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("target", target.id())
        .put("end", tools.clock().instant().plus(limit).toString());
  }

  private void begin(
      Transaction transaction,
      Row job,
      String queue,
      String step,
      Duration limit,
      ObjectNode memory) {
    Instant until = tools.clock().instant().plus(limit);
    memory.put("until", until.toString());
    transaction.insertTask(
        new Task(
            job.id(),
            job.tenant(),
            queue,
            step,
            tools.clock().instant(),
            0,
            memory,
            0,
            Optional.empty(),
            Optional.empty()));
  }

  private static String queue(Row machine) {
    return Placed.of(machine).map(Placed::account).orElse(BROKER);
  }

  private static String word(MachineAction action) {
    return switch (action) {
      case FORCE_STOP -> "stop";
      case FORCE_RESTART -> "restart";
      default -> action.name().toLowerCase(Locale.ROOT);
    };
  }
}
