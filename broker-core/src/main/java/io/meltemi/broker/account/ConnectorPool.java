package io.meltemi.broker.account;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.Outgoing;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens each account's connector once, behind its own gate, and anew when the account's settings
 * have changed.
 */
public final class ConnectorPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorPool.class);

  private final Accounts accounts;
  private final Map<String, ConnectorFactory> factories = new LinkedHashMap<>();
  private final Outgoing outgoing;
  private final Clock clock;
  private final Optional<NodeRecords> nodes;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  private record Opened(Account account, Connector raw, Gate gate, Connector isolated) {}

  /**
   * How busy an account is.
   *
   * @param calls under way
   * @param waiting calls that wait for their turn
   * @param refused calls that were not sent since the account was opened
   * @param spared whether nothing, or next to nothing, is sent because its provider only fails or
   *     asked for a pause
   */
  public record Load(int calls, int waiting, long refused, boolean spared) {}

  public ConnectorPool(
      Accounts accounts,
      List<ConnectorFactory> factories,
      Outgoing outgoing,
      Clock clock,
      Optional<NodeRecords> nodes) {
    this.accounts = accounts;
    this.outgoing = outgoing;
    this.clock = clock;
    this.nodes = nodes;
    for (ConnectorFactory factory : factories) {
      if (this.factories.put(factory.name(), factory) != null) {
        throw new IllegalArgumentException("two connectors are called " + factory.name());
      }
    }
  }

  /** All connectors that are known, in the order given. */
  public List<ConnectorFactory> factories() {
    return List.copyOf(factories.values());
  }

  /**
   * The account's connector. An account that is unknown or cannot be opened is {@link
   * Fault#CREDENTIALS}: nothing can be asked of it until somebody corrects it.
   */
  public Connector open(String id) {
    return open(
        accounts
            .find(id)
            .orElseThrow(
                () -> new ConnectorException(Fault.CREDENTIALS, "the account " + id + " is gone")));
  }

  /** How busy the accounts are that were opened, by their ids. */
  public Map<String, Load> loads() {
    return opened.values().stream()
        .collect(Collectors.toMap(each -> each.account().id(), each -> each.gate().load()));
  }

  /** The account's limits; those of a far provider when it is gone. */
  public AccountLimits limits(String id) {
    return accounts.find(id).map(Account::limits).orElse(AccountLimits.REMOTE);
  }

  /** The connector of an account that was just read. */
  public Connector open(Account account) {
    Opened now =
        opened.compute(
            account.id(),
            (id, before) -> {
              if (before != null && before.account().equals(account)) return before;
              if (before != null) shutElsewhere(before);
              return open(account, factory(account));
            });
    return now.isolated();
  }

  /** Closes the connector of an account that is gone. */
  public void leave(String account) {
    opened.computeIfPresent(
        account,
        (id, now) -> {
          if (accounts.find(id).isPresent()) return now;
          shutElsewhere(now);
          return null;
        });
  }

  /** Opens a connector for a try, outside the pool; the caller closes it. */
  public Connector openOnce(Account account) {
    return open(account, factory(account)).isolated();
  }

  private ConnectorFactory factory(Account account) {
    ConnectorFactory factory = factories.get(account.connector());
    if (factory == null) {
      throw new ConnectorException(
          Fault.CREDENTIALS, "no connector is called " + account.connector());
    }
    return factory;
  }

  private Opened open(Account account, ConnectorFactory factory) {
    Hush hush = Hush.of(account, factory.settings());
    try {
      Connector raw =
          factory.open(
              account.settings(),
              new ConnectorFactory.Context(account.id(), clock, outgoing, nodes));
      Gate gate = new Gate(account.id(), account.limits(), hush, clock);
      return new Opened(account, raw, gate, new IsolatedConnector(raw, gate));
    } catch (IllegalArgumentException e) {
      throw hush.clean(
          new ConnectorException(Fault.CREDENTIALS, String.valueOf(e.getMessage()), e));
    } catch (ConnectorException e) {
      throw hush.clean(e);
    }
  }

  /** A provider that hangs when it is left must not keep others from being opened. */
  private static void shutElsewhere(Opened old) {
    Thread.ofVirtual().name("leave-" + old.account().id()).start(() -> shut(old));
  }

  private static void shut(Opened old) {
    try {
      old.raw().close();
    } catch (RuntimeException e) {
      LOG.warn("account {}: closing failed", old.account().id(), e);
    }
  }

  @Override
  public void close() {
    opened.values().forEach(ConnectorPool::shut);
    opened.clear();
  }
}
