package io.meltemi.connector.scripted;

import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies of things with something wrong in them. */
final class Edits {
  private Edits() {}

  /** The answer with every element of the type changed. */
  static <T> @Nullable Object each(
      @Nullable Object answer, Class<T> type, UnaryOperator<T> change) {
    return switch (answer) {
      case null -> null;
      case Optional<?> one -> one.map(item -> each(item, type, change));
      case Collection<?> many -> many.stream().map(item -> each(item, type, change)).toList();
      default -> type.isInstance(answer) ? change.apply(type.cast(answer)) : answer;
    };
  }

  static ScriptedMachine tagged(ScriptedMachine machine, Map<String, String> tags) {
    return with(machine, tagged(machine.request(), tags));
  }

  static Change.Create tagged(Change.Create r, Map<String, String> tags) {
    return new Change.Create(
        r.name(),
        r.place(),
        r.size(),
        r.wanted(),
        r.image(),
        tags,
        r.userDataBase64(),
        r.publicKey(),
        r.guestPorts(),
        r.networks());
  }

  static Change.Create named(Change.Create r, String name) {
    return with(r, name, r.wanted(), r.userDataBase64(), r.publicKey());
  }

  static Change.Create telling(
      Change.Create r, Optional<String> userData, Optional<String> publicKey) {
    return with(r, r.name(), r.wanted(), userData, publicKey);
  }

  static Change.Create wanting(Change.Create r, Amount wanted) {
    return with(r, r.name(), wanted, r.userDataBase64(), r.publicKey());
  }

  private static Change.Create with(
      Change.Create r,
      String name,
      Amount wanted,
      Optional<String> userData,
      Optional<String> publicKey) {
    return new Change.Create(
        name,
        r.place(),
        r.size(),
        wanted,
        r.image(),
        r.tags(),
        userData,
        publicKey,
        r.guestPorts(),
        r.networks());
  }

  static Change.Create at(Change.Create r, String place, String size, String image) {
    return new Change.Create(
        r.name(),
        place,
        Optional.of(size),
        Amount.NONE,
        image,
        r.tags(),
        Optional.empty(),
        Optional.empty(),
        r.guestPorts(),
        List.of());
  }

  static ScriptedMachine with(ScriptedMachine m, Change.Create request) {
    return new ScriptedMachine(
        m.id(), request, m.shape(), m.cards(), m.state(), m.onTheWay(), m.reason(), m.boots());
  }

  static ScriptedMachine shaped(ScriptedMachine m, Amount shape) {
    return new ScriptedMachine(
        m.id(), m.request(), shape, m.cards(), m.state(), m.onTheWay(), m.reason(), m.boots());
  }

  static ScriptedMachine addressed(ScriptedMachine m, String address) {
    return new ScriptedMachine(
        m.id(),
        m.request(),
        m.shape(),
        List.of(
            new ScriptedMachine.Card(
                m.cards().getFirst().network(), address, m.cards().getFirst().mac())),
        m.state(),
        m.onTheWay(),
        m.reason(),
        m.boots());
  }

  static ScriptedMachine unexplained(ScriptedMachine m, MachineState state) {
    return new ScriptedMachine(
        m.id(),
        m.request(),
        m.shape(),
        m.cards(),
        state,
        m.onTheWay(),
        Optional.empty(),
        m.boots());
  }

  static Observation named(Observation o, String name) {
    return new Observation(
        o.handle(),
        o.token(),
        o.state(),
        o.reason(),
        name,
        o.shape(),
        o.addresses(),
        o.endpoints(),
        o.observed(),
        o.attributes());
  }

  static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(name, value);
    return all;
  }

  static Observation knowing(Observation o, Map<String, String> attributes) {
    return new Observation(
        o.handle(),
        o.token(),
        o.state(),
        o.reason(),
        o.name(),
        o.shape(),
        o.addresses(),
        o.endpoints(),
        o.observed(),
        attributes);
  }

  static Inventory places(Inventory i, UnaryOperator<Inventory.Place> change) {
    return new Inventory(
        i.places().stream().map(change).toList(),
        i.sizes(),
        i.images(),
        i.quotaLimit(),
        i.quotaUsed(),
        i.observed(),
        i.source(),
        i.storage(),
        i.networks(),
        i.networking());
  }

  static Inventory sizes(Inventory i, UnaryOperator<Stream<Inventory.Size>> change) {
    return new Inventory(
        i.places(),
        change.apply(i.sizes().stream()).toList(),
        i.images(),
        i.quotaLimit(),
        i.quotaUsed(),
        i.observed(),
        i.source(),
        i.storage(),
        i.networks(),
        i.networking());
  }

  static Inventory images(Inventory i, List<Inventory.Image> images) {
    return new Inventory(
        i.places(),
        i.sizes(),
        images,
        i.quotaLimit(),
        i.quotaUsed(),
        i.observed(),
        i.source(),
        i.storage(),
        i.networks(),
        i.networking());
  }

  static Inventory used(Inventory i, Amount used) {
    return new Inventory(
        i.places(),
        i.sizes(),
        i.images(),
        i.quotaLimit(),
        used,
        i.observed(),
        i.source(),
        i.storage(),
        i.networks(),
        i.networking());
  }

  static ScriptedVolume requested(ScriptedVolume v, Change.CreateVolume request) {
    return new ScriptedVolume(v.id(), request, v.state(), v.until(), v.reason(), v.attachments());
  }

  static ScriptedVolume unexplained(ScriptedVolume v) {
    return new ScriptedVolume(
        v.id(), v.request(), v.state(), v.until(), Optional.empty(), v.attachments());
  }

  static Change.CreateVolume tagged(Change.CreateVolume r, Map<String, String> tags) {
    return new Change.CreateVolume(
        r.name(), r.place(), r.type(), r.capacityKilobytes(), r.snapshot(), tags);
  }

  static Change.CreateVolume named(Change.CreateVolume r, String name) {
    return new Change.CreateVolume(
        name, r.place(), r.type(), r.capacityKilobytes(), r.snapshot(), r.tags());
  }

  static Change.CreateVolume sized(Change.CreateVolume r, long kilobytes) {
    return new Change.CreateVolume(
        r.name(), r.place(), r.type(), kilobytes, r.snapshot(), r.tags());
  }

  static Change.CreateVolume at(
      Change.CreateVolume r, String place, String type, Optional<String> snapshot) {
    return new Change.CreateVolume(
        r.name(), place, Optional.of(type), r.capacityKilobytes(), snapshot, r.tags());
  }

  static Change.Create in(Change.Create r, List<String> networks) {
    return new Change.Create(
        r.name(),
        r.place(),
        r.size(),
        r.wanted(),
        r.image(),
        r.tags(),
        r.userDataBase64(),
        r.publicKey(),
        r.guestPorts(),
        networks);
  }
}
