package io.meltemi.connector.scripted;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkAmount;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds and connectors which do wrong with floating addresses. */
final class AddressSpoils {
  private AddressSpoils() {}

  private static final List<Spoil> LENDING =
      List.of(
          lending(
              "lends two addresses for one",
              (call, asked) -> {
                call.goOn();
                return call.goOn();
              }),
          lending(
              "forgets tokens of addresses",
              (call, asked) -> call.goOnWith(new Change.LendAddress(asked.machine(), Map.of()))),
          lending(
              "says that it lends to a machine that is not there",
              (call, asked) -> hiding(Fault.BAD_REQUEST, call)),
          lending(
              "says that it lends where none are lent",
              (call, asked) -> hiding(Fault.UNSUPPORTED, call)),
          lending(
              "takes a full quota of addresses for an empty pool",
              (call, asked) -> instead(Fault.QUOTA, Fault.CAPACITY, call)),
          lending(
              "takes an empty pool of addresses for a full quota",
              (call, asked) -> instead(Fault.CAPACITY, Fault.QUOTA, call)),
          lending(
              "sends a lending again when no answer came",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.UNKNOWN) throw e;
                  return call.goOn();
                }
              }));

  private static final List<Spoil> SHOWING =
      List.of(
          Spoil.cloud(
              "hides lent addresses from their machines",
              call -> Edits.each(call.goOn(), ScriptedMachine.class, AddressSpoils::inside)),
          Spoil.cloud(
              "tells the same address of everybody",
              call ->
                  Edits.each(
                      call.goOn(),
                      ScriptedAddress.class,
                      lent -> new ScriptedAddress(lent.id(), lent.request(), "203.0.113.10"))),
          Spoil.cloud(
              "counts no lent address",
              call ->
                  call.is("facts")
                      ? Edits.each(call.goOn(), Inventory.class, AddressSpoils::unlent)
                      : call.goOn()),
          addresses(
              "fails when an address is not there",
              call -> {
                Object answer = call.goOn();
                if (Optional.empty().equals(answer)) {
                  throw new ConnectorException(Fault.BAD_REQUEST, "not found");
                }
                return answer;
              }),
          addresses(
              "finds addresses by the beginning of a token",
              call -> call.is("find") ? beginning(call) : call.goOn()),
          addresses(
              "lists only the first address",
              call -> call.is("list") ? all(call.goOn()).stream().limit(1).toList() : call.goOn()));

  private static final List<Spoil> RELEASING =
      List.of(
          releasing("releases no address and says it did", (rig, call) -> "released"),
          releasing(
              "takes a machine along with its released address",
              (rig, call) -> {
                lent(rig, call).ifPresent(address -> rig.cloud.vanish(address.request().machine()));
                return call.goOn();
              }),
          releasing(
              "refuses to release addresses that are not there",
              (rig, call) -> {
                if (lent(rig, call).isEmpty()) throw refused();
                return call.goOn();
              }),
          releasing(
              "refuses to release addresses whose machine is gone",
              (rig, call) -> {
                if (lent(rig, call).filter(address -> !stands(rig, address)).isPresent()) {
                  throw refused();
                }
                return call.goOn();
              }));

  static final List<Spoil> ALL =
      Stream.of(LENDING, SHOWING, RELEASING).flatMap(List::stream).toList();

  private interface Lending {
    @Nullable Object call(Twist.Call call, Change.LendAddress asked);
  }

  private static Spoil lending(String name, Lending twist) {
    return Spoil.cloud(
        name,
        call ->
            call.asksFor(Change.LendAddress.class)
                ? twist.call(call, call.argument(Change.LendAddress.class))
                : call.goOn());
  }

  private interface Releasing {
    @Nullable Object call(ScriptedRig rig, Twist.Call call);
  }

  private static Spoil releasing(String name, Releasing twist) {
    return Spoil.cloudWith(
        name,
        rig ->
            call ->
                call.asksFor(Change.ReleaseAddress.class) ? twist.call(rig, call) : call.goOn());
  }

  private static Spoil addresses(String name, Twist twist) {
    return Spoil.connector(
        name,
        call ->
            call.is("addresses")
                ? Twist.of(Addresses.class, ((Connector) call.honest()).addresses(), twist)
                : call.goOn());
  }

  private static @Nullable Object hiding(Fault fault, Twist.Call call) {
    try {
      return call.goOn();
    } catch (ConnectorException e) {
      if (e.fault() != fault) throw e;
      return "lent";
    }
  }

  private static @Nullable Object instead(Fault fault, Fault told, Twist.Call call) {
    try {
      return call.goOn();
    } catch (ConnectorException e) {
      throw e.fault() == fault ? new ConnectorException(told, e.reason(), e) : e;
    }
  }

  private static ConnectorException refused() {
    return new ConnectorException(Fault.BAD_REQUEST, "cannot be released");
  }

  private static Inventory unlent(Inventory facts) {
    return facts.with(
        new Inventory.Networking(facts.networking().quotaLimit(), NetworkAmount.NONE));
  }

  /** Its last card is no floating address. */
  private static ScriptedMachine inside(ScriptedMachine machine) {
    return machine.with(List.of(machine.cards().getLast()));
  }

  private static Optional<ScriptedAddress> lent(ScriptedRig rig, Twist.Call call) {
    String id = call.argument(Change.ReleaseAddress.class).address();
    return rig.cloud.everyAddress().stream().filter(address -> address.id().equals(id)).findFirst();
  }

  private static boolean stands(ScriptedRig rig, ScriptedAddress address) {
    return rig.cloud.everything().stream()
        .anyMatch(machine -> machine.id().equals(address.request().machine()));
  }

  private static List<?> all(@Nullable Object answer) {
    return (List<?>) Objects.requireNonNull(answer);
  }

  private static List<Handle> beginning(Twist.Call call) {
    String token = call.argument(Token.class).value();
    return ((Addresses) call.honest())
        .list().stream()
            .filter(o -> o.token().filter(t -> t.value().startsWith(token)).isPresent())
            .map(AddressObservation::handle)
            .toList();
  }
}
