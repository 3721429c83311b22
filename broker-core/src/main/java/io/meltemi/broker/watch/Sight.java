package io.meltemi.broker.watch;

import io.meltemi.broker.job.Shots;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine, volume, network, floating address, image or snapshot as its provider shows it, as far
 * as the doctor treats them alike.
 *
 * @param kind name of the kind of row that tells of such a thing, or what it is
 * @param token empty when it bears none of ours
 * @param changing its state ends by itself
 * @param going the provider is about to remove it
 * @param size what it holds, by the names of the row's attributes; 0 when the provider does not
 *     tell
 */
public record Sight(
    String kind,
    Handle handle,
    Optional<Token> token,
    String name,
    String state,
    boolean changing,
    boolean going,
    Map<String, Long> size) {

  private static final String APART = "%s is %s in the store and %s at the provider";

  /** No row tells of one: it bears the token of its machine. */
  static final String ADDRESS = "Address";

  public Sight {
    size = Map.copyOf(size);
  }

  static Sight of(Observation seen) {
    Amount shape = seen.shape().orElse(Amount.NONE);
    return new Sight(
        MachineBook.KIND,
        seen.handle(),
        seen.token(),
        seen.name(),
        seen.state().name(),
        seen.state().transitional(),
        seen.state() == MachineState.DELETING,
        Map.of("cpu", shape.cpu(), "memory", shape.memoryKibibytes()));
  }

  static Sight of(VolumeObservation seen) {
    return new Sight(
        VolumeBook.KIND,
        seen.handle(),
        seen.token(),
        seen.name(),
        seen.state().name(),
        seen.state().transitional(),
        seen.state() == VolumeState.DELETING,
        Map.of("capacity", seen.capacityKilobytes()));
  }

  static Sight of(NetworkObservation seen) {
    return new Sight(
        NetworkBook.KIND,
        seen.handle(),
        seen.token(),
        seen.name(),
        seen.state().name(),
        seen.state() == NetworkState.CREATING || seen.state() == NetworkState.DELETING,
        seen.state() == NetworkState.DELETING,
        Map.of());
  }

  static Sight of(AddressObservation seen) {
    return new Sight(
        ADDRESS, seen.handle(), seen.token(), seen.ip(), "LENT", false, false, Map.of());
  }

  static Sight of(Shots.Sort sort, Marked seen, Images.State state) {
    return new Sight(
        sort.word(),
        seen.handle(),
        Optional.of(seen.token()),
        "",
        state.name(),
        state == Images.State.MAKING,
        false,
        Map.of());
  }

  /**
   * What people should know of it that the row does not say yet. Size and name are news once the
   * row has taken them over from the provider; before, they are only not known.
   *
   * @param reason the provider's words on its state
   */
  List<String> news(Row row, Optional<String> reason) {
    List<String> words = new ArrayList<>();
    if (!row.state().equals(state)) {
      String why = reason.map(": "::concat).orElse("");
      words.add("was %s, and the provider shows %s%s".formatted(row.state(), state, why));
    }
    String before = row.inner().path("providerName").asText();
    if (before.isEmpty()) return words;
    words.addAll(sizes(row, "%s was %s, and the provider shows %s"));
    if (!before.equals(name)) {
      words.add("its name at the provider was %s and is %s".formatted(before, name));
    }
    return words;
  }

  /** In what the row says otherwise; empty when they agree or the thing is on its way. */
  Optional<String> difference(Row row) {
    if (changing) return Optional.empty();
    List<String> words = new ArrayList<>();
    if (!row.state().equals(state)) words.add(APART.formatted("state", row.state(), state));
    words.addAll(sizes(row, APART));
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  /**
   * @param words for an attribute, what the row says of it, and what the provider shows
   */
  private List<String> sizes(Row row, String words) {
    return size.keySet().stream()
        .sorted()
        .flatMap(name -> size(row, name, words).stream())
        .toList();
  }

  private Optional<String> size(Row row, String name, String words) {
    long here = row.document().path(name).asLong();
    long there = size.getOrDefault(name, 0L);
    return here == 0 || there == 0 || here == there
        ? Optional.empty()
        : Optional.of(words.formatted(name, here, there));
  }
}
