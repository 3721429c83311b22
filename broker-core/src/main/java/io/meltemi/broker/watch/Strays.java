package io.meltemi.broker.watch;

import io.meltemi.broker.job.Made;
import io.meltemi.broker.job.Shots;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images and snapshots at one account against their rows. Rows are read after the provider was
 * asked: a token is stored before anything is taken under it.
 */
final class Strays {
  private static final String VOLUME_IMAGE = "VolumeImage";

  private final Store store;
  private final String account;
  private final Connector connector;
  private final Predicate<Row> quiet;

  /**
   * @param quiet whether nothing works on a row
   */
  Strays(Store store, String account, Connector connector, Predicate<Row> quiet) {
    this.store = store;
    this.account = account;
    this.connector = connector;
    this.quiet = quiet;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Shots.Sort sort : Shots.Sort.values()) {
      Shots shots = Shots.of(connector, sort);
      list(shots).ifPresent(there -> findings.addAll(findings(sort, shots, there)));
    }
    return findings;
  }

  private static Optional<List<Marked>> list(Shots shots) {
    try {
      return Optional.of(shots.list());
    } catch (ConnectorException e) {
      if (e.fault() == Fault.UNSUPPORTED) return Optional.empty();
      throw e;
    }
  }

  private List<Finding> findings(Shots.Sort sort, Shots shots, List<Marked> there) {
    List<Row> rows =
        Stream.of(SnapshotBook.KIND, VOLUME_IMAGE)
            .flatMap(kind -> store.all(kind).stream())
            .filter(row -> Made.of(row).isPresent())
            .toList();
    Map<Token, Row> byToken = new HashMap<>();
    rows.forEach(row -> byToken.put(made(row).token(), row));
    Stream<Finding> strays =
        there.stream()
            .flatMap(each ->
                stray(sort, shots, each, Optional.ofNullable(byToken.get(each.token()))).stream());
    Set<Handle> listed = there.stream().map(Marked::handle).collect(Collectors.toSet());
    Stream<Finding> missing =
        rows.stream()
            .filter(row -> Shots.Sort.of(row) == sort && made(row).account().equals(account))
            .filter(row -> made(row).handle().filter(own -> !listed.contains(own)).isPresent())
            .flatMap(row -> missing(shots, row).stream());
    return Stream.concat(strays, missing).toList();
  }

  private Optional<Finding> stray(Shots.Sort sort, Shots shots, Marked each, Optional<Row> owner) {
    Optional<Handle> own = owner.flatMap(row -> made(row).handle());
    boolean known =
        own.filter(each.handle()::equals).isPresent()
            || owner.filter(row -> !quiet.test(row)).isPresent()
            || swept(each);
    return known
        ? Optional.empty()
        : seen(sort, shots, each)
            .map(sight ->
                owner
                    .map(row -> second(sight, row, own))
                    .orElseGet(() -> Finding.orphan(account, sight)));
  }

  private Finding second(Sight sight, Row row, Optional<Handle> own) {
    return own.map(handle -> Finding.twin(account, sight, row, handle.value()))
        .orElseGet(() ->
            Finding.drift(
                account,
                Optional.of(sight),
                row,
                "the provider has it, and the store has lost it"));
  }

  private boolean swept(Marked each) {
    return store.write(
        Store.EVERYBODY, transaction -> Sweep.has(transaction, account, each.token()));
  }

  /** Lists may be behind: only what can be read is there, and only what cannot be is gone. */
  private static Optional<Sight> seen(Shots.Sort sort, Shots shots, Marked each) {
    return shots.read(each.handle()).map(shot -> Sight.of(sort, each, shot.state()));
  }

  private Optional<Finding> missing(Shots shots, Row row) {
    boolean gone = wasThere(row) && made(row).handle().flatMap(shots::read).isEmpty();
    return gone && quiet.test(row)
        ? Optional.of(
            Finding.drift(account, Optional.empty(), row, "the provider no longer has it"))
        : Optional.empty();
  }

  /** What failed while it was taken was never there. */
  private static boolean wasThere(Row row) {
    return row.state().equals("AVAILABLE") || SnapshotBook.lost(row) || row.inner().has("copies");
  }

  private static Made made(Row row) {
    return Made.of(row).orElseThrow();
  }
}
