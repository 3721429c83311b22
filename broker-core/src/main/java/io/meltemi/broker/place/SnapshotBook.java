package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Handle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots of machines: rows of images, each of which names as its {@code relatedImage} the one
 * that its machine stood on when it was taken (R102). The machine's row names the last one that was
 * taken as {@code latestSnapshot} and the one that it stands on under {@code _.snapshot}.
 */
public final class SnapshotBook {
  /** Name of the kind. */
  public static final String KIND = "MachineImage";

  /** The type that tells a snapshot among images. */
  public static final String TYPE = "SNAPSHOT";

  private static final String RELATED = "relatedImage";
  private static final String LATEST = "latestSnapshot";
  private static final String STANDS_ON = "snapshot";
  private static final String LOST = "lost";

  private SnapshotBook() {}

  public static boolean is(Row image) {
    return image.kind().equals(KIND) && image.document().path("type").asText().equals(TYPE);
  }

  /** Path of the machine that it was taken of. */
  public static String machine(Row snapshot) {
    return snapshot.inner().path("subject").asText();
  }

  /** True when it was taken on that account. */
  public static boolean on(Row snapshot, String account) {
    return snapshot.inner().path("made").path("account").asText().equals(account);
  }

  /** What its provider calls it; empty while that is not known. */
  public static Optional<Handle> handle(Row snapshot) {
    return Optional.ofNullable(snapshot.inner().path("made").path("handle").textValue())
        .map(Handle::new);
  }

  /** True when it was there and its provider no longer showed it. */
  public static boolean lost(Row snapshot) {
    return snapshot.inner().path(LOST).asBoolean();
  }

  /** Its provider no longer shows it. */
  public static Row missing(Row snapshot) {
    ObjectNode inner = snapshot.inner().deepCopy();
    inner.put(LOST, true).put("reason", "the provider no longer has the snapshot");
    return snapshot.withInner(inner).withState("ERROR");
  }

  /** Its provider shows it again. */
  public static Row back(Row snapshot) {
    ObjectNode inner = snapshot.inner().deepCopy();
    inner.remove(List.of(LOST, "reason"));
    return snapshot.withInner(inner).withState("AVAILABLE");
  }

  /** The snapshots of a machine, the oldest first. */
  public static List<Row> of(Store store, String machine) {
    return store.all(KIND).stream()
        .filter(row -> is(row) && machine(row).equals(machine))
        .sorted(Comparator.comparing(Row::created).thenComparing(Row::id))
        .toList();
  }

  /** It is there: its machine stands on it, and it after the one that the machine stood on. */
  public static void taken(Transaction transaction, Row snapshot) {
    Optional<Row> machine = transaction.find(machine(snapshot));
    Optional<String> before = machine.flatMap(row -> text(row.inner(), STANDS_ON));
    transaction.update(related(snapshot, before).withState("AVAILABLE"));
    machine.ifPresent(row -> {
      Row standing = standing(row, Optional.of(snapshot.id()));
      transaction.update(latest(standing, Optional.of(snapshot.id())));
    });
  }

  /** The machine stands on it again; one that is gone meanwhile is nothing to stand on. */
  public static void restored(Transaction transaction, Row machine, String snapshot) {
    if (transaction.find(snapshot).isPresent()) {
      transaction.update(standing(machine, Optional.of(snapshot)));
    }
  }

  /** It is gone: what came after it comes after the one before it from now on. */
  public static void gone(Transaction transaction, Store store, Row snapshot) {
    Optional<String> before = href(snapshot, RELATED);
    List<Row> all = of(store, machine(snapshot));
    for (Row known : all) {
      transaction
          .find(known.id())
          .filter(row -> href(row, RELATED).filter(snapshot.id()::equals).isPresent())
          .ifPresent(row -> transaction.update(related(row, before)));
    }
    transaction
        .find(machine(snapshot))
        .ifPresent(machine -> without(transaction, machine, snapshot, before, all));
    transaction.delete(snapshot);
  }

  private static void without(
      Transaction transaction, Row machine, Row snapshot, Optional<String> before, List<Row> all) {
    Row after = machine;
    if (text(machine.inner(), STANDS_ON).filter(snapshot.id()::equals).isPresent()) {
      after = standing(after, before);
    }
    if (href(machine, LATEST).filter(snapshot.id()::equals).isPresent()) {
      after = latest(after, newest(all, snapshot));
    }
    if (!after.equals(machine)) transaction.update(after);
  }

  private static Optional<String> newest(List<Row> all, Row but) {
    return all.reversed().stream()
        .filter(row -> row.state().equals("AVAILABLE") && !row.id().equals(but.id()))
        .map(Row::id)
        .findFirst();
  }

  /**
   * The machine is gone, and with it what its provider kept of it; one under way ends by itself.
   */
  public static void machineGone(Transaction transaction, Store store, String machine) {
    of(store, machine).stream()
        .flatMap(known -> transaction.find(known.id()).stream())
        .filter(row -> row.state().equals("AVAILABLE") || row.state().equals("ERROR"))
        .forEach(transaction::delete);
  }

  private static Row related(Row snapshot, Optional<String> before) {
    return referring(snapshot, RELATED, before);
  }

  private static Row latest(Row machine, Optional<String> snapshot) {
    return referring(machine, LATEST, snapshot);
  }

  private static Row referring(Row row, String name, Optional<String> path) {
    ObjectNode document = row.document().deepCopy();
    document.remove(name);
    path.ifPresent(href -> document.putObject(name).put("href", href));
    return row.withDocument(document);
  }

  private static Row standing(Row machine, Optional<String> snapshot) {
    ObjectNode inner = machine.inner().deepCopy();
    inner.remove(STANDS_ON);
    snapshot.ifPresent(path -> inner.put(STANDS_ON, path));
    return machine.withInner(inner);
  }

  private static Optional<String> href(Row row, String name) {
    return Optional.ofNullable(row.document().path(name).path("href").textValue());
  }

  private static Optional<String> text(ObjectNode inner, String name) {
    return Optional.ofNullable(inner.path(name).textValue());
  }
}
