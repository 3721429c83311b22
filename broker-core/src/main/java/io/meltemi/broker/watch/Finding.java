package io.meltemi.broker.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meltemi.broker.store.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * Something on which an account's provider and the store do not agree.
 *
 * @param account id of the account
 * @param there the provider's object; empty when there is none
 * @param row what the store says; empty when it says nothing
 * @param message what is wrong
 * @param removable it was seen long enough as an object that nobody here owns
 */
public record Finding(
    String account,
    Sort sort,
    Optional<Sight> there,
    Optional<Row> row,
    String message,
    boolean removable) {

  /** Length of what an id bears after its account. */
  private static final int TAIL = 37;

  /** What is wrong. */
  public enum Sort {
    /** An object that bears our mark and that no row and no open job knows. */
    ORPHAN,
    /** A second object of a row. */
    TWIN,
    /** A row whose object is gone, or is not what the row says. */
    DRIFT,
    /** The account could not be looked at, so nothing is known of it. */
    UNSEEN
  }

  static Finding orphan(String account, Sight there) {
    return new Finding(
        account,
        Sort.ORPHAN,
        Optional.of(there),
        Optional.empty(),
        "bears the mark of this broker, and no row and no open job knows it"
            + (there.going() ? "; its provider is removing it" : ""),
        false);
  }

  static Finding twin(String account, Sight there, Row row, String own) {
    return new Finding(
        account,
        Sort.TWIN,
        Optional.of(there),
        Optional.of(row),
        "a second one of " + row.id() + ", whose own is " + own,
        false);
  }

  static Finding drift(String account, Optional<Sight> there, Row row, String message) {
    return new Finding(account, Sort.DRIFT, there, Optional.of(row), message, false);
  }

  static Finding unseen(String account, String reason) {
    return new Finding(
        account,
        Sort.UNSEEN,
        Optional.empty(),
        Optional.empty(),
        "could not be looked at: " + reason,
        false);
  }

  Finding asRemovable() {
    return new Finding(account, sort, there, row, message, true);
  }

  /** Letters, digits and hyphens; the same at every look. */
  public String id() {
    String what =
        there
            .map(seen -> seen.kind() + " " + seen.handle().value())
            .or(() -> row.map(Row::id))
            .orElse("");
    return account + "-" + UUID.nameUUIDFromBytes((sort + " " + what).getBytes(UTF_8));
  }

  /** The account that a finding of this id belongs to. */
  static String account(String id) {
    return id.substring(0, Math.max(0, id.length() - TAIL));
  }

  /** Name of the kind of thing; empty when none was seen. */
  public Optional<String> kind() {
    return there.map(Sight::kind).or(() -> row.map(Row::kind));
  }

  /** As the provider calls it, or else the store; may be empty. */
  public String name() {
    return there.map(Sight::name).or(() -> row.map(Row::name)).orElse("");
  }
}
