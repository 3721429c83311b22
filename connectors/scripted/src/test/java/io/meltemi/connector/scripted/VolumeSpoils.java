package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.Spoil.cloud;
import static io.meltemi.connector.scripted.Spoil.cloudWith;
import static io.meltemi.connector.scripted.Spoil.connector;
import static io.meltemi.connector.scripted.Spoil.snapshots;
import static io.meltemi.connector.scripted.Spoil.volumes;
import static io.meltemi.connector.scripted.Spoil.volumesWith;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.VolumeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds and connectors which do wrong with volumes. */
final class VolumeSpoils {
  private VolumeSpoils() {}

  private static final List<Spoil> MAKING =
      List.of(
          creating(
              "makes two volumes of one creation",
              (call, made) -> {
                call.goOn();
                return call.goOn();
              }),
          creating(
              "forgets tokens of volumes",
              (call, asked) -> call.goOnWith(Edits.tagged(asked, Map.of()))),
          creating(
              "cuts names of volumes",
              (call, asked) -> call.goOnWith(Edits.named(asked, asked.name().substring(0, 3)))),
          creating(
              "makes smaller volumes than ordered",
              (call, asked) -> call.goOnWith(Edits.sized(asked, asked.capacityKilobytes() / 2))),
          creating(
              "takes another place, type or snapshot than was asked",
              (call, asked) ->
                  forgiving(
                      Fault.BAD_REQUEST,
                      call,
                      () -> call.goOnWith(Edits.at(asked, "north", "plain", Optional.empty())))),
          creating(
              "sends a creation of a volume again when no answer came",
              (call, asked) -> forgiving(Fault.UNKNOWN, call, call::goOn)),
          cloudWith(
              "makes later a volume that it refused as busy",
              rig ->
                  on(
                      Change.CreateVolume.class,
                      (call, asked) -> {
                        try {
                          return call.goOn();
                        } catch (ConnectorException e) {
                          if (e.fault() != Fault.TRANSIENT) {
                            throw e;
                          }
                          rig.cloud.calm();
                          rig.cloud.plan(Mishap.late("createVolume", Duration.ofMinutes(5)));
                          throw new ConnectorException(
                              e.fault(), e.reason() + lost(call), e, e.retryAfter());
                        }
                      })),
          seeing(
              "never ends making volumes",
              volume -> volume.becomes(VolumeState.CREATING, Optional.empty())),
          seeing("hides why a volume failed", Edits::unexplained),
          volumes(
              "fails when it finds no volume",
              call -> call.is("find") ? demand(found(call.goOn())) : call.goOn()),
          volumes(
              "finds volumes by the beginning of a token",
              call -> call.is("find") ? beginning(call) : call.goOn()),
          volumes(
              "fails when a volume is not there",
              call -> call.is("read") ? demand((Optional<?>) value(call.goOn())) : call.goOn()),
          volumes(
              "lists only the first volume",
              call ->
                  call.is("list") ? found(call.goOn()).stream().limit(1).toList() : call.goOn()),
          volumesWith("keeps tokens of volumes in its memory", rig -> remembering()),
          connector(
              "finds volumes among machines",
              call -> call.is("machines") ? amongMachines((Connector) call.honest()) : call.goOn()),
          deleting("deletes no volumes and says it did", (call, asked) -> asked.volume()),
          deletingWith(
              "refuses to delete volumes that are gone or going",
              (rig, asked) ->
                  volume(rig, asked.volume())
                      .filter(volume -> volume.state() != VolumeState.DELETING)
                      .isEmpty()),
          telling(
              "tells of no volume types",
              storage ->
                  new Inventory.Storage(List.of(), storage.quotaLimit(), storage.quotaUsed())),
          telling(
              "always says that no volumes are used",
              storage ->
                  new Inventory.Storage(storage.types(), storage.quotaLimit(), Amount.NONE)));

  private static final List<Spoil> ATTACHING =
      List.of(
          attaching("attaches nothing and says it did", (call, asked) -> asked.volume()),
          cloudWith(
              "refuses to attach what is attached",
              rig ->
                  on(
                      Change.Attach.class,
                      (call, asked) -> {
                        boolean there =
                            volume(rig, asked.volume())
                                .flatMap(volume -> volume.at(asked.machine()))
                                .isPresent();
                        return there ? refuse(asked.volume()) : call.goOn();
                      })),
          attaching(
              "hides refusals to attach",
              (call, asked) -> forgiving(Fault.BAD_REQUEST, call, asked::volume)),
          cloudWith(
              "has room for one volume at a machine",
              rig ->
                  on(
                      Change.Attach.class,
                      (call, asked) -> {
                        rig.cloud.everyVolume().stream()
                            .filter(volume -> !volume.id().equals(asked.volume()))
                            .forEach(volume -> drop(rig, volume.id(), asked.machine()));
                        return call.goOn();
                      })),
          cloud(
              "detaches nothing and says it did",
              call ->
                  call.asksFor(Change.Detach.class)
                      ? call.argument(Change.Detach.class).volume()
                      : call.goOn()),
          cloudWith(
              "refuses to detach what is not attached",
              rig ->
                  on(
                      Change.Detach.class,
                      (call, asked) -> {
                        boolean there =
                            volume(rig, asked.volume())
                                .flatMap(volume -> volume.at(asked.machine()))
                                .isPresent();
                        return there ? call.goOn() : refuse(asked.volume());
                      })),
          cloudWith(
              "deletes attached volumes",
              rig ->
                  on(
                      Change.DeleteVolume.class,
                      (call, asked) -> {
                        rig.cloud.everything().forEach(m -> drop(rig, asked.volume(), m.id()));
                        return call.goOn();
                      })),
          cloudWith(
              "deletes the volumes of a deleted machine",
              rig ->
                  on(
                      Change.Delete.class,
                      (call, asked) -> {
                        rig.cloud.everyVolume().stream()
                            .filter(volume -> volume.at(asked.machine()).isPresent())
                            .forEach(volume -> rig.cloud.vanish(volume.id()));
                        return call.goOn();
                      })),
          losing("loses volumes when a machine stops", MachineAction.FORCE_STOP),
          losing("loses volumes when a machine starts", MachineAction.START));

  private static final List<Spoil> SNAPSHOTS =
      List.of(
          cloud(
              "keeps snapshots without their tokens",
              on(
                  Change.Snapshot.class,
                  (call, asked) ->
                      call.goOnWith(new Change.Snapshot(asked.volume(), asked.name(), Map.of())))),
          cloud(
              "never makes snapshots ready",
              call -> Edits.each(call.goOn(), ScriptedSnapshot.class, VolumeSpoils::unready)),
          cloudWith(
              "uses up what it takes snapshots of",
              rig ->
                  on(
                      Change.Snapshot.class,
                      (call, asked) -> {
                        Object made = call.goOn();
                        rig.cloud.vanish(asked.volume());
                        return made;
                      })),
          cloud(
              "takes snapshots where it does not offer them",
              on(
                  Change.Snapshot.class,
                  (call, asked) -> forgiving(Fault.UNSUPPORTED, call, () -> "trial-s9"))),
          cloud(
              "hides refusals of snapshots",
              on(
                  Change.Snapshot.class,
                  (call, asked) -> forgiving(Fault.BAD_REQUEST, call, () -> "trial-s9"))),
          cloud(
              "deletes no snapshots and says it did",
              call -> call.asksFor(Change.DeleteSnapshot.class) ? "done" : call.goOn()),
          connector(
              "finds snapshots among volumes",
              call -> call.is("volumes") ? amongVolumes((Connector) call.honest()) : call.goOn()),
          snapshots(
              "fails when it finds no snapshot",
              call -> call.is("find") ? demand(found(call.goOn())) : call.goOn()),
          snapshots(
              "fails when a snapshot is not there",
              call -> call.is("read") ? demand((Optional<?>) value(call.goOn())) : call.goOn()));

  static final List<Spoil> ALL =
      Stream.of(MAKING, ATTACHING, SNAPSHOTS).flatMap(List::stream).toList();

  private interface On<T> {
    @Nullable Object call(Twist.Call call, T asked);
  }

  private interface Otherwise {
    @Nullable Object get();
  }

  private interface Wrong {
    boolean in(ScriptedRig rig, Change.DeleteVolume asked);
  }

  private static <T> Twist on(Class<T> type, On<T> twist) {
    return call -> call.asksFor(type) ? twist.call(call, call.argument(type)) : call.goOn();
  }

  private static Spoil creating(String name, On<Change.CreateVolume> twist) {
    return cloud(name, on(Change.CreateVolume.class, twist));
  }

  private static Spoil attaching(String name, On<Change.Attach> twist) {
    return cloud(name, on(Change.Attach.class, twist));
  }

  private static Spoil deleting(String name, On<Change.DeleteVolume> twist) {
    return cloud(name, on(Change.DeleteVolume.class, twist));
  }

  private static Spoil deletingWith(String name, Wrong wrong) {
    return cloudWith(
        name,
        rig ->
            on(
                Change.DeleteVolume.class,
                (call, asked) -> wrong.in(rig, asked) ? refuse(asked.volume()) : call.goOn()));
  }

  private static Spoil seeing(String name, UnaryOperator<ScriptedVolume> change) {
    return cloud(name, call -> Edits.each(call.goOn(), ScriptedVolume.class, change));
  }

  private static Spoil telling(String name, UnaryOperator<Inventory.Storage> change) {
    return cloud(
        name,
        call ->
            Edits.each(
                call.goOn(), Inventory.class, facts -> facts.with(change.apply(facts.storage()))));
  }

  /** Detaches all volumes of a machine of which that is asked. */
  private static Spoil losing(String name, MachineAction when) {
    return cloudWith(
        name,
        rig ->
            on(
                Change.Act.class,
                (call, asked) -> {
                  if (asked.action() == when) {
                    rig.cloud.everyVolume().forEach(v -> drop(rig, v.id(), asked.machine()));
                  }
                  return call.goOn();
                }));
  }

  private static @Nullable Object forgiving(Fault fault, Twist.Call call, Otherwise otherwise) {
    try {
      return call.goOn();
    } catch (ConnectorException e) {
      if (e.fault() != fault) {
        throw e;
      }
      return otherwise.get();
    }
  }

  private static String lost(Twist.Call call) {
    try {
      return String.valueOf(call.goOn());
    } catch (ConnectorException unknown) {
      return "";
    }
  }

  private static Object refuse(String id) {
    throw new ConnectorException(Fault.BAD_REQUEST, "not with " + id);
  }

  private static void drop(ScriptedRig rig, String volume, String machine) {
    rig.cloud.inWorld((world, now) -> {
      Predicate<ScriptedVolume.Attachment> elsewhere = a -> !a.machine().equals(machine);
      world
          .storehouse()
          .volume(volume)
          .ifPresent(v ->
              world
                  .storehouse()
                  .put(v.attached(v.attachments().stream().filter(elsewhere).toList())));
      return now;
    });
  }

  private static Optional<ScriptedVolume> volume(ScriptedRig rig, String id) {
    return rig.cloud.everyVolume().stream().filter(volume -> volume.id().equals(id)).findFirst();
  }

  private static ScriptedSnapshot unready(ScriptedSnapshot s) {
    return new ScriptedSnapshot(
        s.id(),
        s.name(),
        s.volume(),
        s.place(),
        s.capacityKilobytes(),
        s.tags(),
        Images.State.MAKING,
        s.ready());
  }

  private static Object value(@Nullable Object answer) {
    return Objects.requireNonNull(answer);
  }

  private static List<?> found(@Nullable Object answer) {
    return (List<?>) value(answer);
  }

  private static List<?> demand(List<?> found) {
    if (found.isEmpty()) {
      throw new ConnectorException(Fault.BAD_REQUEST, "nothing found");
    }
    return found;
  }

  private static Optional<?> demand(Optional<?> found) {
    if (found.isEmpty()) {
      throw new ConnectorException(Fault.BAD_REQUEST, "not found");
    }
    return found;
  }

  private static List<Handle> beginning(Twist.Call call) {
    String token = call.argument(Token.class).value();
    return ((Volumes) call.honest())
        .list().stream()
            .filter(o -> o.token().filter(t -> t.value().startsWith(token)).isPresent())
            .map(VolumeObservation::handle)
            .toList();
  }

  private static Twist remembering() {
    Map<Token, Handle> made = new ConcurrentHashMap<>();
    return call -> {
      if (call.is("create")) {
        Handle volume = (Handle) value(call.goOn());
        made.put((Token) value(call.arguments()[2]), volume);
        return volume;
      }
      if (call.is("find")) {
        Optional<Handle> known = Optional.ofNullable(made.get(call.argument(Token.class)));
        Volumes honest = (Volumes) call.honest();
        return known.filter(h -> honest.read(h).isPresent()).stream().toList();
      }
      return call.goOn();
    };
  }

  private static Machines amongMachines(Connector honest) {
    return Twist.of(
        Machines.class,
        honest.machines(),
        call ->
            call.is("find")
                ? both(call.goOn(), honest.volumes().find(call.argument(Token.class)))
                : call.goOn());
  }

  private static Volumes amongVolumes(Connector honest) {
    return Twist.of(
        Volumes.class,
        honest.volumes(),
        call ->
            call.is("find")
                ? both(call.goOn(), honest.snapshots().find(call.argument(Token.class)))
                : call.goOn());
  }

  private static List<Object> both(@Nullable Object some, List<Handle> more) {
    List<Object> all = new ArrayList<>((Collection<?>) value(some));
    all.addAll(more);
    return all;
  }
}
