package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.account.Errand;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.ConnectorFactory.Setting;
import io.meltemi.connector.Inventory;
import io.meltemi.model.Nearest;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tries an account before it is stored: its settings, then one discovery. */
final class AccountTrial {
  private final ConnectorPool pool;

  AccountTrial(ConnectorPool pool) {
    this.pool = pool;
  }

  /** Names of the settings that are never shown. */
  Set<String> secretSettings(String connector) {
    return names(connector, Setting::secret);
  }

  /** Names of the settings that say where the secrets are sent. */
  Set<String> addressSettings(String connector) {
    return names(connector, Setting::address);
  }

  /** Names of the secrets that an account of these open settings has no use for. */
  Set<String> unusedSettings(String connector, Map<String, String> open) {
    return factory(connector).unused(open);
  }

  private Set<String> names(String connector, Predicate<Setting> such) {
    return factory(connector).settings().stream()
        .filter(such)
        .map(Setting::name)
        .collect(Collectors.toSet());
  }

  /** Puts what a file of the provider's tools says into the settings of a new account. */
  void readFile(ObjectNode account) {
    Optional<String> text = taken(account, "settingsFile");
    Optional<String> entry = taken(account, "settingsEntry");
    if (text.isEmpty()) return;
    Map<String, String> beside = new HashMap<>();
    account
        .path("settings")
        .properties()
        .forEach(each -> beside.put(each.getKey(), each.getValue().asText()));
    try {
      Map<String, String> read =
          factory(account.path("connector").asText()).fromFile(text.get(), entry, beside);
      ObjectNode settings = account.putObject("settings");
      read.forEach(settings::put);
    } catch (IllegalArgumentException e) {
      throw TrialRefusals.file(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> taken(ObjectNode account, String name) {
    return Optional.ofNullable(account.remove(name)).map(JsonNode::textValue);
  }

  /** What the account has; refuses an account that cannot be used as it is. */
  Inventory found(String connector, Account account) {
    ConnectorFactory factory = factory(connector);
    checkSettings(factory, account);
    TrialRefusals refusals = new TrialRefusals(factory.settings(), account.settings().keySet());
    long begin = System.nanoTime();
    try (Connector open = pool.openOnce(account)) {
      return Errand.ask(open::discover);
    } catch (ConnectorException e) {
      throw refusals.of(e, begin);
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
    List<String> known = factory.settings().stream().map(Setting::name).toList();
    for (String given : account.settings().keySet()) {
      if (!known.contains(given)) {
        throw TrialRefusals.setting(
            given,
            "The connector " + factory.name() + " has no such setting.",
            Nearest.to(given, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Use some of " + String.join(", ", known) + "."));
      }
    }
    for (Setting wanted : factory.settings()) {
      if (wanted.mandatory()
          && wanted.fallback().isEmpty()
          && !account.settings().containsKey(wanted.name())) {
        throw TrialRefusals.setting(
            wanted.name(), "The setting is missing: " + wanted.description(), "Give it.");
      }
    }
  }
}
