package io.meltemi.broker.watch;

import io.meltemi.broker.job.JobOf;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One look at one account, which changes nothing. Rows are read after the provider was asked: a
 * token is stored before anything is made under it, so that what was there has its row by then.
 */
final class Examination {
  private final Store store;
  private final String account;
  private final Connector connector;
  private final List<Finding> findings = new ArrayList<>();

  Examination(Store store, String account, Connector connector) {
    this.store = store;
    this.account = account;
    this.connector = connector;
  }

  List<Finding> findings() {
    List<Sight> machines = connector.machines().list().stream().map(Sight::of).toList();
    List<Sight> volumes = volumes().stream().map(Sight::of).toList();
    List<Sight> networks = networks().stream().map(Sight::of).toList();
    List<Sight> addresses =
        ifAny(() -> connector.addresses().list()).stream().map(Sight::of).toList();
    List<Row> rows =
        Stream.of(MachineBook.KIND, VolumeBook.KIND, NetworkBook.KIND)
            .flatMap(kind -> store.all(kind).stream())
            .toList();
    findings.addAll(new Strays(store, account, connector, this::quiet).findings());
    examine(MachineBook.KIND, machines, rows);
    examine(VolumeBook.KIND, volumes, rows);
    examine(NetworkBook.KIND, networks, rows);
    examine(Sight.ADDRESS, addresses, rows);
    return List.copyOf(findings);
  }

  private List<VolumeObservation> volumes() {
    return ifAny(() -> connector.volumes().list());
  }

  private List<NetworkObservation> networks() {
    return ifAny(() -> connector.networks().list());
  }

  private static <S> List<S> ifAny(Supplier<List<S>> list) {
    try {
      return list.get();
    } catch (ConnectorException e) {
      if (e.fault() == Fault.UNSUPPORTED) return List.of();
      throw e;
    }
  }

  private void examine(String kind, List<Sight> there, List<Row> all) {
    Map<Handle, Row> byHandle = new HashMap<>();
    Map<Token, Row> byToken = new HashMap<>();
    for (Row row : all) {
      Placed.of(row)
          .filter(placed -> placed.account().equals(account) && row.kind().equals(kind))
          .ifPresent(placed -> {
            byToken.put(placed.token(), row);
            placed.handle().ifPresent(handle -> byHandle.put(handle, row));
          });
    }
    Map<Token, Row> unseen = new HashMap<>(byToken);
    for (Sight each : there) {
      Row own = byHandle.get(each.handle());
      if (own != null) {
        unseen.values().remove(own);
        own(own, each);
      } else {
        each.token().ifPresent(token -> other(each, token, byToken, all));
        each.token()
            .map(byToken::get)
            .filter(row -> isOf(row, each))
            .ifPresent(row -> unseen.values().remove(row));
      }
    }
    unseen.values().forEach(this::missing);
  }

  /** The row names the object by its handle. */
  private void own(Row row, Sight seen) {
    if (seen.difference(row).isEmpty()) return;
    read(seen)
        .filter(now -> quiet(row))
        .ifPresent(
            now -> now.difference(row).ifPresent(words -> drift(Optional.of(now), row, words)));
  }

  /** No row names the object by its handle. */
  private void other(Sight seen, Token token, Map<Token, Row> byToken, List<Row> all) {
    Row row = byToken.get(token);
    if (row == null) {
      if (!known(seen, token, all) && read(seen).isPresent()) {
        findings.add(Finding.orphan(account, seen));
      }
    } else if (!seen.going() && quiet(row) && !swept(token)) {
      if (isOf(row, seen)) {
        drift(Optional.of(seen), row, "the provider has it, and the store has lost it");
      } else {
        String own = Placed.of(row).flatMap(Placed::own).orElseThrow().value();
        findings.add(Finding.twin(account, seen, row, own));
      }
    }
  }

  /** The row, whose token it bears, knows no other object. */
  private static boolean isOf(Row row, Sight seen) {
    return Placed.of(row).filter(at -> at.mayOwn(seen.handle())).isPresent();
  }

  private boolean swept(Token token) {
    return store.write(Store.EVERYBODY, transaction -> Sweep.has(transaction, account, token));
  }

  /** Lists may be behind: only what cannot be read either is gone. */
  private void missing(Row row) {
    Placed placed = Placed.of(row).orElseThrow();
    if (placed.asked().isEmpty() && placed.handle().isEmpty()) return;
    Optional<Sight> there = placed.handle().flatMap(handle -> read(row.kind(), handle));
    if (there.isPresent()) {
      own(row, there.get());
    } else if (quiet(row)) {
      drift(Optional.empty(), row, "the provider no longer has it");
    }
  }

  private void drift(Optional<Sight> there, Row row, String words) {
    findings.add(Finding.drift(account, there, row, words));
  }

  /** Nothing works on the row, and it is still as it was read. */
  private boolean quiet(Row row) {
    return !JobOf.busy(store, row)
        && store
            .read(Store.EVERYBODY, row.id())
            .filter(now -> now.generation() == row.generation())
            .isPresent();
  }

  /** A row of any account and state bears the token, or an open job may still use or sweep it. */
  private boolean known(Sight seen, Token token, List<Row> all) {
    return all.stream()
            .anyMatch(row ->
                Placed.of(row)
                    .filter(at -> bears(row, at, token) && holds(row, at, seen))
                    .isPresent())
        || swept(token);
  }

  /** A floating address goes with its machine, which may have vanished. */
  private boolean holds(Row row, Placed placed, Sight seen) {
    return !seen.kind().equals(Sight.ADDRESS)
        || placed.handle().isPresent()
        || JobOf.busy(store, row);
  }

  /** A job goes from one sub-token of its order to the next. */
  private boolean bears(Row row, Placed placed, Token token) {
    if (placed.token().equals(token)) return true;
    String base = placed.base();
    boolean related = token.value().equals(base) || token.value().startsWith(base + "-");
    return related && JobOf.busy(store, row);
  }

  private Optional<Sight> read(Sight seen) {
    return read(seen.kind(), seen.handle());
  }

  private Optional<Sight> read(String kind, Handle handle) {
    return switch (kind) {
      case VolumeBook.KIND -> connector.volumes().read(handle).map(Sight::of);
      case NetworkBook.KIND -> connector.networks().read(handle).map(Sight::of);
      case Sight.ADDRESS -> connector.addresses().read(handle).map(Sight::of);
      default -> connector.machines().read(handle).map(Sight::of);
    };
  }
}
