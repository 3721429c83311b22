package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.Spoil.cloud;
import static io.meltemi.connector.scripted.Spoil.cloudWith;
import static io.meltemi.connector.scripted.Spoil.connector;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Images;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds and connectors which do wrong with snapshots of machines. */
final class MachineSnapshotSpoils {
  private MachineSnapshotSpoils() {}

  private static final List<Spoil> TAKING =
      List.of(
          taking(
              "keeps snapshots of machines without their tokens",
              (rig, call, asked) ->
                  call.goOnWith(
                      new Change.SnapshotMachine(asked.machine(), asked.name(), Map.of()))),
          cloud(
              "never makes snapshots of machines ready",
              call ->
                  Edits.each(
                      call.goOn(), ScriptedMachineSnapshot.class, MachineSnapshotSpoils::unready)),
          taking(
              "stops machines that it takes snapshots of",
              (rig, call, asked) -> {
                Object made = call.goOn();
                rig.cloud.turn(asked.machine(), MachineState.STOPPED, "to be still");
                return made;
              }),
          taking(
              "takes snapshots of machines where it does not offer them",
              (rig, call, asked) -> forgiving(Fault.UNSUPPORTED, call, "trial-p9")),
          taking(
              "hides refusals of snapshots of machines",
              (rig, call, asked) -> forgiving(Fault.BAD_REQUEST, call, "trial-p9")),
          snapshots(
              "lists no snapshots of machines", call -> call.is("list") ? List.of() : call.goOn()),
          snapshots(
              "fails when it finds no snapshot of a machine",
              call -> call.is("find") ? demand(found(call.goOn())) : call.goOn()),
          snapshots(
              "fails when a snapshot of a machine is not there",
              call -> call.is("read") ? demand((Optional<?>) value(call.goOn())) : call.goOn()),
          connector(
              "finds snapshots of machines among images",
              call -> call.is("images") ? amongImages((Connector) call.honest()) : call.goOn()),
          cloudWith("remembers snapshots of machines that are gone", rig -> remembering()));

  private static final List<Spoil> RESTORING =
      List.of(
          restoring(
              "restores machines to their newest snapshot",
              (rig, call, asked) -> {
                String newest =
                    rig.cloud.everyMachineSnapshot().stream()
                        .filter(snapshot -> snapshot.machine().equals(asked.machine()))
                        .map(ScriptedMachineSnapshot::id)
                        .reduce(asked.snapshot(), (first, last) -> last);
                return call.goOnWith(new Change.Restore(asked.machine(), newest));
              }),
          cloudWith(
              "restores from a snapshot only once",
              rig -> {
                Set<String> used = ConcurrentHashMap.newKeySet();
                return call -> {
                  if (call.asksFor(Change.Restore.class)
                      && !used.add(call.argument(Change.Restore.class).snapshot())) {
                    throw new ConnectorException(Fault.BAD_REQUEST, "was used already");
                  }
                  return call.goOn();
                };
              }),
          restoring(
              "shows late that it restores a machine",
              (rig, call, asked) -> {
                rig.cloud.plan(Mishap.late("restore", Duration.ofSeconds(5)));
                return forgiving(Fault.UNKNOWN, call, asked.machine());
              }),
          cloud(
              "hides why a restore failed",
              call ->
                  Edits.each(
                      call.goOn(), ScriptedMachineSnapshot.class, s -> s.failed(Optional.empty()))),
          restoring(
              "hides refusals to restore",
              (rig, call, asked) -> forgiving(Fault.BAD_REQUEST, call, asked.machine())));

  private static final List<Spoil> DELETING =
      List.of(
          cloud(
              "deletes no snapshots of machines and says it did",
              call -> call.asksFor(Change.DeleteMachineSnapshot.class) ? "done" : call.goOn()),
          cloudWith(
              "refuses to delete snapshots of machines that are gone",
              rig ->
                  call -> {
                    if (call.asksFor(Change.DeleteMachineSnapshot.class)
                        && snapshot(rig, call).isEmpty()) {
                      throw new ConnectorException(Fault.BAD_REQUEST, "is gone");
                    }
                    return call.goOn();
                  }),
          cloudWith(
              "deletes the later snapshots of a machine too",
              rig ->
                  call -> {
                    if (call.asksFor(Change.DeleteMachineSnapshot.class)) {
                      snapshot(rig, call)
                          .ifPresent(first ->
                              rig.cloud.everyMachineSnapshot().stream()
                                  .filter(each -> each.machine().equals(first.machine()))
                                  .forEach(each -> rig.cloud.vanish(each.id())));
                    }
                    return call.goOn();
                  }));

  static final List<Spoil> ALL =
      Stream.of(TAKING, RESTORING, DELETING).flatMap(List::stream).toList();

  private interface On<T> {
    @Nullable Object call(ScriptedRig rig, Twist.Call call, T asked);
  }

  private static <T> Spoil on(String name, Class<T> type, On<T> twist) {
    return cloudWith(
        name,
        rig ->
            call -> call.asksFor(type) ? twist.call(rig, call, call.argument(type)) : call.goOn());
  }

  private static Spoil taking(String name, On<Change.SnapshotMachine> twist) {
    return on(name, Change.SnapshotMachine.class, twist);
  }

  private static Spoil restoring(String name, On<Change.Restore> twist) {
    return on(name, Change.Restore.class, twist);
  }

  private static Spoil snapshots(String name, Twist twist) {
    return connector(
        name,
        call ->
            call.is("machineSnapshots")
                ? Twist.of(
                    MachineSnapshots.class, ((Connector) call.honest()).machineSnapshots(), twist)
                : call.goOn());
  }

  private static @Nullable Object forgiving(Fault fault, Twist.Call call, String otherwise) {
    try {
      return call.goOn();
    } catch (ConnectorException e) {
      if (e.fault() != fault) throw e;
      return otherwise;
    }
  }

  private static Optional<ScriptedMachineSnapshot> snapshot(ScriptedRig rig, Twist.Call call) {
    String id = call.argument(Change.DeleteMachineSnapshot.class).snapshot();
    return rig.cloud.everyMachineSnapshot().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  private static ScriptedMachineSnapshot unready(ScriptedMachineSnapshot s) {
    return s.becomes(Images.State.MAKING);
  }

  /** Shows what it has shown until it is told to delete it. */
  private static Twist remembering() {
    Map<String, ScriptedMachineSnapshot> seen = new LinkedHashMap<>();
    return call -> {
      if (call.asksFor(Change.DeleteMachineSnapshot.class)) {
        seen.remove(call.argument(Change.DeleteMachineSnapshot.class).snapshot());
      }
      if (!call.is("machineSnapshots")) return call.goOn();
      for (Object each : found(call.goOn())) {
        ScriptedMachineSnapshot snapshot = (ScriptedMachineSnapshot) each;
        seen.put(snapshot.id(), snapshot);
      }
      return List.copyOf(seen.values());
    };
  }

  private static Images amongImages(Connector honest) {
    return Twist.of(
        Images.class,
        honest.images(),
        call -> {
          if (!call.is("find")) return call.goOn();
          List<Object> all = new ArrayList<>((Collection<?>) value(call.goOn()));
          all.addAll(honest.machineSnapshots().find(call.argument(Token.class)));
          return all;
        });
  }

  private static Object value(@Nullable Object answer) {
    return Objects.requireNonNull(answer);
  }

  private static List<?> found(@Nullable Object answer) {
    return (List<?>) value(answer);
  }

  private static List<?> demand(List<?> found) {
    if (found.isEmpty()) throw new ConnectorException(Fault.BAD_REQUEST, "nothing found");
    return found;
  }

  private static Optional<?> demand(Optional<?> found) {
    if (found.isEmpty()) throw new ConnectorException(Fault.BAD_REQUEST, "not found");
    return found;
  }
}
