package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.Spoil.connector;
import static io.meltemi.connector.scripted.Spoil.factory;
import static io.meltemi.connector.scripted.Spoil.images;
import static io.meltemi.connector.scripted.Spoil.machines;
import static io.meltemi.connector.scripted.Spoil.machinesWith;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.connector.Volumes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Connectors which do wrong on a cloud that does right. */
final class ConnectorSpoils {
  private ConnectorSpoils() {}

  static final List<Spoil> ALL =
      List.of(
          failing("calls everything a bad request", f -> Fault.BAD_REQUEST),
          failing("takes a lost answer for a pause", f -> f == Fault.UNKNOWN ? Fault.TRANSIENT : f),
          failing("never knows", f -> f == Fault.TRANSIENT ? Fault.UNKNOWN : f),
          failing("takes a quota for a full place", f -> f == Fault.QUOTA ? Fault.CAPACITY : f),
          failing("takes a full place for a quota", f -> f == Fault.CAPACITY ? Fault.QUOTA : f),
          failing(
              "takes wrong passwords for trouble of the net",
              f -> f == Fault.CREDENTIALS ? Fault.TRANSIENT : f),
          rewording(
              "keeps the provider's words for itself",
              e -> new ConnectorException(e.fault(), "error 17", e, e.retryAfter())),
          rewording(
              "forgets the pause that was asked for",
              e -> new ConnectorException(e.fault(), e.reason(), e)),
          machines(
              "finds by the beginning of a token",
              call -> call.is("find") ? beginning(call) : call.goOn()),
          machinesWith(
              "finds only the first time",
              rig -> {
                Set<Object> asked = ConcurrentHashMap.newKeySet();
                return call ->
                    call.is("find") && !asked.add(value(call.arguments()[0]))
                        ? List.of()
                        : call.goOn();
              }),
          machines(
              "fails when it finds nothing",
              call -> {
                Object found = call.goOn();
                return call.is("find") ? demand((List<?>) value(found)) : found;
              }),
          images(
              "fails when it finds no image",
              call -> {
                Object found = call.goOn();
                return call.is("find") ? demand((List<?>) value(found)) : found;
              }),
          machines(
              "fails when a machine is not there",
              call -> {
                Object found = call.goOn();
                if (found instanceof Optional<?> one && one.isEmpty()) {
                  throw new ConnectorException(Fault.BAD_REQUEST, "not found");
                }
                return found;
              }),
          machines(
              "lists only the first machine",
              call ->
                  call.is("list")
                      ? ((List<?>) value(call.goOn())).stream().limit(1).toList()
                      : call.goOn()),
          machines(
              "lists other names than it reads",
              call ->
                  call.is("list")
                      ? Edits.each(call.goOn(), Observation.class, o -> Edits.named(o, "listed"))
                      : call.goOn()),
          observing("hides what only the provider knows", seen -> Edits.knowing(seen, Map.of())),
          observing(
              "shows its marks as the provider's own words",
              seen ->
                  seen.token()
                      .map(token ->
                          Edits.knowing(seen, Edits.with(seen.attributes(), "mark", token.value())))
                      .orElse(seen)),
          machinesWith(
              "forgets what others wrote on a machine when it acts",
              rig -> {
                Set<Object> acted = ConcurrentHashMap.newKeySet();
                return call -> {
                  if (call.is("act")) acted.add(value(call.arguments()[0]));
                  return Edits.each(
                      call.goOn(),
                      Observation.class,
                      o -> acted.contains(o.handle()) ? Edits.knowing(o, Map.of()) : o);
                };
              }),
          machines(
              "shows foreign machines without what only the provider knows",
              call ->
                  call.is("foreign")
                      ? Edits.each(call.goOn(), Observation.class, o -> Edits.knowing(o, Map.of()))
                      : call.goOn()),
          machines(
              "shows nothing that is foreign",
              call -> call.is("foreign") ? List.of() : call.goOn()),
          machines(
              "shows foreign machines under other names",
              call ->
                  call.is("foreign")
                      ? Edits.each(call.goOn(), Observation.class, o -> Edits.named(o, "listed"))
                      : call.goOn()),
          machines(
              "takes its own machines for foreign ones",
              call -> call.is("foreign") ? listedToo(call) : call.goOn()),
          machinesWith(
              "takes another broker's machines for foreign ones",
              rig -> call -> call.is("foreign") ? othersToo(rig, call) : call.goOn()),
          machines(
              "leaves what it did not make as it is",
              call -> call.is("act") && strange(call) ? null : call.goOn()),
          machinesWith(
              "remembers machines instead of asking",
              rig -> {
                Map<Object, Object> seen = new HashMap<>();
                return call ->
                    call.is("read")
                        ? seen.computeIfAbsent(value(call.arguments()[0]), h -> value(call.goOn()))
                        : call.goOn();
              }),
          machinesWith("keeps tokens in its memory", rig -> remembering()),
          connector(
              "finds captures among machines",
              call -> call.is("machines") ? amongMachines((Connector) call.honest()) : call.goOn()),
          connector(
              "deletes the machines when it is closed",
              call -> {
                if (call.is("close")) {
                  Machines machines = ((Connector) call.honest()).machines();
                  machines.list().forEach(machine -> machines.delete(machine.handle()));
                }
                return call.goOn();
              }),
          connector(
              "cannot close a watch", call -> call.is("watch") ? unstoppable(call) : call.goOn()),
          factory(
              "has another name than its service",
              call -> call.is("name") ? "scripted-2" : call.goOn()),
          factory(
              "opens without what it calls mandatory",
              call -> call.is("settings") ? withMandatory(call) : call.goOn()),
          factory(
              "shows the password in errors",
              call ->
                  call.is("open")
                      ? Twist.of(
                          Connector.class,
                          (Connector) value(call.goOn()),
                          indiscreet(
                              String.valueOf(
                                  ((Map<?, ?>) value(call.arguments()[0])).get("password"))))
                      : call.goOn()),
          connector("takes every broker's machines for its own", call -> call.goOn()).sharing());

  private static Spoil observing(String name, UnaryOperator<Observation> change) {
    return machines(name, call -> Edits.each(call.goOn(), Observation.class, change));
  }

  private static Spoil failing(String name, UnaryOperator<Fault> change) {
    return rewording(
        name, e -> new ConnectorException(change.apply(e.fault()), e.reason(), e, e.retryAfter()));
  }

  private static Spoil rewording(String name, UnaryOperator<ConnectorException> change) {
    Twist twist =
        call -> {
          try {
            return call.goOn();
          } catch (ConnectorException e) {
            throw change.apply(e);
          }
        };
    return connector(
        name,
        call -> {
          Object answer = twist.call(call);
          return switch (answer) {
            case Machines machines -> Twist.of(Machines.class, machines, twist);
            case Volumes volumes -> Twist.of(Volumes.class, volumes, twist);
            case null -> null;
            default -> answer;
          };
        });
  }

  private static Object value(@Nullable Object answer) {
    return Objects.requireNonNull(answer);
  }

  private static List<?> demand(List<?> found) {
    if (found.isEmpty()) {
      throw new ConnectorException(Fault.BAD_REQUEST, "nothing found");
    }
    return found;
  }

  private static List<Handle> beginning(Twist.Call call) {
    String token = call.argument(Token.class).value();
    return ((Machines) call.honest())
        .list().stream()
            .filter(o -> o.token().filter(t -> t.value().startsWith(token)).isPresent())
            .map(Observation::handle)
            .toList();
  }

  private static List<Object> listedToo(Twist.Call call) {
    List<Object> all = new ArrayList<>((Collection<?>) value(call.goOn()));
    all.addAll(((Machines) call.honest()).list());
    return all;
  }

  private static List<Object> othersToo(ScriptedRig rig, Twist.Call call) {
    List<Object> all = new ArrayList<>((Collection<?>) value(call.goOn()));
    Machines honest = (Machines) call.honest();
    rig.cloud.everything().stream()
        .filter(machine -> "account-2".equals(machine.request().tags().get("meltemi-account")))
        .flatMap(machine -> honest.read(new Handle(machine.id())).stream())
        .forEach(all::add);
    return all;
  }

  private static boolean strange(Twist.Call call) {
    return ((Machines) call.honest())
        .read(call.argument(Handle.class))
        .filter(machine -> machine.token().isEmpty())
        .isPresent();
  }

  private static Twist remembering() {
    Map<Token, Handle> made = new ConcurrentHashMap<>();
    AtomicInteger creations = new AtomicInteger();
    return call -> {
      if (call.is("create")) {
        Handle machine = (Handle) value(call.goOn());
        made.put((Token) value(call.arguments()[2]), machine);
        creations.incrementAndGet();
        return machine;
      }
      if (call.is("find")) {
        Optional<Handle> known = Optional.ofNullable(made.get(call.argument(Token.class)));
        Machines honest = (Machines) call.honest();
        return known.filter(h -> honest.read(h).isPresent()).stream().toList();
      }
      return call.goOn();
    };
  }

  private static Machines amongMachines(Connector honest) {
    return Twist.of(
        Machines.class,
        honest.machines(),
        call -> {
          if (!call.is("find")) {
            return call.goOn();
          }
          List<Object> found = new ArrayList<>((Collection<?>) value(call.goOn()));
          found.addAll(honest.images().find(call.argument(Token.class)));
          return found;
        });
  }

  private static AutoCloseable unstoppable(Twist.Call call) {
    value(call.goOn());
    AtomicBoolean closed = new AtomicBoolean();
    return () -> closed.set(true);
  }

  private static List<ConnectorFactory.Setting> withMandatory(Twist.Call call) {
    List<ConnectorFactory.Setting> settings = new ArrayList<>();
    ((List<?>) value(call.goOn())).forEach(s -> settings.add((ConnectorFactory.Setting) s));
    settings.add(new ConnectorFactory.Setting("region", "needed", true, false, Optional.empty()));
    return settings;
  }

  private static Twist indiscreet(String password) {
    return call -> {
      try {
        return call.goOn();
      } catch (ConnectorException e) {
        throw new ConnectorException(e.fault(), e.reason() + ", password was " + password, e);
      }
    };
  }
}
