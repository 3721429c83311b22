package io.meltemi.broker.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.job.Shots;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, when asked, at what stands at every account against what the store says, and removes what
 * is proven to be this broker's and nobody's. The watch mends what it may by itself; what is left
 * is found here.
 */
public final class Doctor {
  /**
   * How long an object must have been seen as nobody's before it may be removed. Longer than a row
   * needs to reach the memory of every replica, and than most lists of providers are behind.
   */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  private final Store store;
  private final Accounts accounts;
  private final ConnectorPool connectors;
  private final Clock clock;
  private final Map<String, Map<String, Instant>> orphans = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Finding>> leaving = new ConcurrentHashMap<>();

  public Doctor(Store store, Accounts accounts, ConnectorPool connectors, Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.connectors = connectors;
    this.clock = clock;
  }

  /** Looks at all accounts, at each on a thread of its own. */
  public List<Finding> look() {
    List<Account> all = accounts.all();
    List<String> ids = all.stream().map(Account::id).toList();
    orphans.keySet().retainAll(ids);
    leaving.keySet().retainAll(ids);
    List<Future<List<Finding>>> looks;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      looks = all.stream().map(account -> threads.submit(() -> look(account))).toList();
    }
    return looks.stream().flatMap(look -> look.resultNow().stream()).toList();
  }

  /** The finding of that id, if its account still shows it. */
  public Optional<Finding> find(String id) {
    return accounts
        .find(Finding.account(id))
        .flatMap(account ->
            look(account).stream().filter(finding -> finding.id().equals(id)).findFirst());
  }

  /**
   * Asks the provider to remove an object that was just found to be removable. Machines keep their
   * volumes; an attached volume is refused by its provider. It is gone when a later look does not
   * show it.
   */
  public void remove(Finding finding) {
    Sight seen = finding.there().orElseThrow();
    if (!finding.removable()) throw new IllegalArgumentException(finding.id() + " is not proven");
    LOG.info("account {}: removes {} {}, nobody's", finding.account(), seen.kind(), seen.handle());
    Errand.run(() -> remove(connectors.open(finding.account()), seen));
  }

  /** Tells that the removal of it has begun; the look that misses it tells the end. */
  public void accepted(Transaction transaction, Finding finding) {
    leaving
        .computeIfAbsent(finding.account(), _ -> new ConcurrentHashMap<>())
        .put(finding.id(), finding);
    String words = "its provider was asked to remove an object that nobody owns, for an operator";
    tell(transaction, finding, "orphan.removing", words);
  }

  private void gone(String account, List<Finding> found) {
    Map<String, Finding> left = leaving.getOrDefault(account, Map.of());
    List<String> there = found.stream().map(Finding::id).toList();
    for (Finding each : List.copyOf(left.values())) {
      if (there.contains(each.id()) || !left.remove(each.id(), each)) continue;
      String words = "an object that nobody owns is gone, as an operator asked";
      Finding told =
          store.write(
              Store.EVERYBODY,
              transaction -> {
                tell(transaction, each, "orphan.removed", words);
                return each;
              });
      LOG.info("account {}: {} is gone", account, told.id());
    }
  }

  private void tell(Transaction transaction, Finding finding, String type, String message) {
    Sight seen = finding.there().orElseThrow();
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", finding.account())
            .put("name", finding.name())
            .put("kind", seen.kind())
            .put("handle", seen.handle().value());
    seen.token().ifPresent(token -> content.put("token", token.value()));
    content.put("message", message);
    transaction.record(
        new Event(
            0,
            Row.HOUSE,
            type,
            Accounts.path(finding.account()),
            Accounts.KIND,
            clock.instant(),
            content));
  }

  private static void remove(Connector connector, Sight seen) {
    Optional<Shots.Sort> shot = Shots.Sort.named(seen.kind());
    if (shot.isPresent()) {
      Shots.of(connector, shot.get()).delete(seen.handle());
      return;
    }
    switch (seen.kind()) {
      case VolumeBook.KIND -> connector.volumes().delete(seen.handle());
      case NetworkBook.KIND -> connector.networks().delete(seen.handle());
      case Sight.ADDRESS -> connector.addresses().release(seen.handle());
      default -> connector.machines().delete(seen.handle());
    }
  }

  private List<Finding> look(Account account) {
    try {
      Connector connector = connectors.open(account);
      Examination examination = new Examination(store, account.id(), connector);
      List<Finding> found = Errand.ask(examination::findings);
      gone(account.id(), found);
      return proven(account.id(), found);
    } catch (ConnectorException e) {
      return List.of(Finding.unseen(account.id(), e.reason()));
    } catch (RuntimeException e) {
      LOG.error("account {} cannot be examined", account.id(), e);
      return List.of(Finding.unseen(account.id(), "a failure of the broker's own; see its log"));
    }
  }

  /** Remembers orphans from one look to the next, and no longer than they are seen. */
  private List<Finding> proven(String account, List<Finding> found) {
    Instant now = clock.instant();
    Map<String, Instant> since =
        orphans.merge(account, seen(found, now), (before, fresh) -> earlier(before, fresh));
    return found.stream().map(finding -> proven(finding, since, now)).toList();
  }

  private static Map<String, Instant> seen(List<Finding> found, Instant now) {
    Map<String, Instant> seen = new HashMap<>();
    found.stream()
        .filter(finding -> finding.sort() == Finding.Sort.ORPHAN)
        .forEach(finding -> seen.put(finding.id(), now));
    return Map.copyOf(seen);
  }

  private static Map<String, Instant> earlier(
      Map<String, Instant> before, Map<String, Instant> now) {
    Map<String, Instant> since = new HashMap<>(now);
    since.replaceAll((id, time) -> before.getOrDefault(id, time));
    return Map.copyOf(since);
  }

  private static Finding proven(Finding finding, Map<String, Instant> since, Instant now) {
    return Optional.ofNullable(since.get(finding.id()))
        .filter(first -> !first.plus(INTERVAL).isAfter(now))
        .map(first -> finding.asRemovable())
        .orElse(finding);
  }
}
