package io.meltemi.broker.door;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.model.Nearest;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries an account before it is stored: its settings, then one discovery. */
final class AccountTrial {
  private final ConnectorPool pool;

  AccountTrial(ConnectorPool pool) {
    this.pool = pool;
  }

  /** Names of the settings that are never shown. */
  Set<String> secretSettings(String connector) {
    return factory(connector).settings().stream()
        .filter(ConnectorFactory.Setting::secret)
        .map(ConnectorFactory.Setting::name)
        .collect(Collectors.toSet());
  }

  /** Refuses an account that cannot be used as it is. */
  void check(String connector, Account account) {
    checkSettings(factory(connector), account);
    try (Connector open = pool.openOnce(account)) {
      open.discover();
    } catch (ConnectorException e) {
      throw refused(e);
    }
  }

  private ConnectorFactory factory(String name) {
    return pool.factories().stream()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private ProblemException unknown(String name) {
    List<String> known = pool.factories().stream().map(ConnectorFactory::name).toList();
    return Problem.of(
            400,
            "account.unknown-connector",
            "No connector is called '" + Refusals.shown(name) + "'.",
            Nearest.to(name, known).map(near -> "Did you mean '" + near + "'? ").orElse("")
                + "There are "
                + String.join(", ", known)
                + ".")
        .at("connector")
        .asException();
  }

  private static void checkSettings(ConnectorFactory factory, Account account) {
    List<String> known = factory.settings().stream().map(ConnectorFactory.Setting::name).toList();
    for (String given : account.settings().keySet()) {
      if (!known.contains(given)) {
        throw setting(
            given,
            "The connector " + factory.name() + " has no such setting.",
            Nearest.to(given, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Use some of " + String.join(", ", known) + "."));
      }
    }
    for (ConnectorFactory.Setting wanted : factory.settings()) {
      if (wanted.mandatory()
          && wanted.fallback().isEmpty()
          && !account.settings().containsKey(wanted.name())) {
        throw setting(wanted.name(), "The setting is missing: " + wanted.description(), "Give it.");
      }
    }
  }

  private static ProblemException setting(String name, String message, String remedy) {
    return Problem.of(400, "account.setting", message, remedy)
        .at("settings." + Refusals.shown(name))
        .asException();
  }

  private static ProblemException refused(ConnectorException e) {
    boolean theirs = e.fault() == Fault.TRANSIENT || e.fault() == Fault.UNKNOWN;
    return Problem.of(
            theirs ? 503 : 400,
            theirs ? "account.unreachable" : "account.refused",
            theirs
                ? "The provider does not answer, so the account was not stored."
                : "The provider does not accept these settings, so the account was not stored.",
            theirs
                ? "Check the address, and try again when the provider can be reached."
                : "Correct the settings and try again.")
        .at("settings")
        .saidByProvider(e.reason())
        .asException();
  }
}
