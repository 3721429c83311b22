package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a list part by part to its end. One that has no end, goes round in a circle or would fill
 * the memory is given up, whatever its provider says.
 */
final class Pages {
  /** A project has fewer of anything. */
  static final int MOST = 100_000;

  /** Of everything that is kept of a list, written out. */
  static final long MOST_CHARACTERS = 64L << 20;

  private Pages() {}

  /**
   * @param goesOn whether there may be a further part
   */
  record Part<T>(List<T> entries, boolean goesOn) {}

  /** Reads the part that begins after the entry with this id; the first part without one. */
  interface Reader<T> {
    Part<T> after(Optional<String> id);
  }

  /**
   * @param what the list's name, for people
   * @return each entry once
   */
  static <T> List<T> all(String what, Function<T, String> id, Reader<T> reader) {
    return those(what, id, entry -> true, reader);
  }

  /**
   * Only what is wanted of a list; of the others no more is kept than their ids.
   *
   * @param what the list's name, for people
   * @return each entry once
   */
  static <T> List<T> those(
      String what, Function<T, String> id, Predicate<T> wanted, Reader<T> reader) {
    Set<String> seen = new HashSet<>();
    Map<String, T> kept = new LinkedHashMap<>();
    long characters = 0;
    Optional<String> last = Optional.empty();
    while (true) {
      Part<T> part = reader.after(last);
      int before = seen.size();
      for (T entry : part.entries()) {
        String name = id.apply(entry);
        seen.add(name);
        kept.remove(name);
        boolean isWanted = wanted.test(entry);
        if (isWanted) kept.put(name, entry);
        characters += (isWanted ? entry.toString() : name).length();
      }
      if (seen.size() > MOST || characters > MOST_CHARACTERS) {
        throw endless(what, "does not end");
      }
      if (!part.goesOn() || part.entries().isEmpty()) {
        return List.copyOf(kept.values());
      }
      if (seen.size() == before) {
        throw endless(what, "begins again");
      }
      last = Optional.of(id.apply(part.entries().getLast()));
    }
  }

  private static ConnectorException endless(String what, String how) {
    return new ConnectorException(Fault.TRANSIENT, "the list of " + what + " " + how);
  }
}
