package io.meltemi.broker.door;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Setting;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.UntrustedException;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why an account was not stored, and which of its settings is to be mended.
 *
 * @param settings those of its connector
 * @param given names of those that the account has
 */
record TrialRefusals(List<Setting> settings, Set<String> given) {
  /**
   * Nothing is said of an address that gave no answer before this has passed, so that the time does
   * not tell either whether it was forbidden, closed or silent.
   */
  static final Duration HOLD = Duration.ofSeconds(5);

  static ProblemException setting(String name, String message, String remedy) {
    return Problem.of(400, "account.setting", message, remedy)
        .at("settings." + Refusals.shown(name))
        .asException();
  }

  /** A secret is sent only to the address that it was given with. */
  static ProblemException anew(String secret) {
    return setting(
        secret,
        "The address changes, and the secret that is stored was given for the old one.",
        "Give it again, together with the new address.");
  }

  static ProblemException file(String why) {
    return Problem.of(
            400,
            "account.file",
            "The file cannot be used: " + Refusals.shown(why) + ".",
            "Correct it there, or give settings in its place.")
        .at("settingsFile")
        .asException();
  }

  /**
   * @param begin of the trial, by {@link System#nanoTime}
   */
  ProblemException of(ConnectorException e, long begin) {
    if (caused(e, NoAnswerException.class).isPresent()) {
      hold(begin);
      return unreachable();
    }
    if (caused(e, UntrustedException.class).isPresent()) return untrusted(e);
    if (e.fault() == Fault.TRANSIENT || e.fault() == Fault.UNKNOWN) return failing(e);
    if (caused(e, IllegalArgumentException.class).isPresent()) {
      return setting(
          named(e.reason()).orElse(""), "The setting is wrong: " + e.reason() + ".", "Correct it.");
    }
    return refused(e);
  }

  private ProblemException unreachable() {
    return Problem.of(
            503,
            "account.unreachable",
            "No provider answers at the address, so the account was not stored.",
            "Check the address and its port. One that is not public must be opened by those who run"
                + " the broker (outgoing.allow).")
        .at(field(address()))
        .asException();
  }

  private ProblemException untrusted(ConnectorException e) {
    return Problem.of(
            400,
            "account.untrusted",
            "The provider could not show that it is itself, so nothing was sent and nothing"
                + " stored.",
            "Check the address; if it is right, give the certificate of the authority that vouches"
                + " for it, in PEM form.")
        .at(field(known("certificates").or(this::address)))
        .saidByProvider(e.reason())
        .asException();
  }

  private ProblemException failing(ConnectorException e) {
    return Problem.of(
            503,
            "account.unreachable",
            "The provider answers and cannot be used now, so the account was not stored.",
            "Try again when the provider is well.")
        .at(field(address()))
        .saidByProvider(e.reason())
        .asException();
  }

  private ProblemException refused(ConnectorException e) {
    return Problem.of(
            400,
            "account.refused",
            "The provider does not accept these settings, so the account was not stored.",
            "Correct the setting and try again.")
        .at(field(e.fault() == Fault.UNSUPPORTED ? address() : named(e.reason()).or(this::secret)))
        .saidByProvider(e.reason())
        .asException();
  }

  private static String field(Optional<String> setting) {
    return setting.map(name -> "settings." + name).orElse("settings");
  }

  private Optional<String> address() {
    return settings.stream().filter(Setting::address).map(Setting::name).findFirst();
  }

  private Optional<String> known(String name) {
    return settings.stream().map(Setting::name).filter(name::equals).findFirst();
  }

  /** The first setting that the words speak of; a connector names the one that is wrong. */
  private Optional<String> named(String words) {
    return Pattern.compile("\\w+")
        .matcher(words)
        .results()
        .flatMap(word -> known(word.group()).stream())
        .findFirst();
  }

  private Optional<String> secret() {
    return settings.stream()
        .filter(setting -> setting.secret() && given.contains(setting.name()))
        .map(Setting::name)
        .findFirst();
  }

  private static <T extends Throwable> Optional<T> caused(Throwable failure, Class<T> by) {
    return Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
        .filter(by::isInstance)
        .map(by::cast)
        .findFirst();
  }

  private static void hold(long begin) {
    try {
      Thread.sleep(HOLD.minusNanos(System.nanoTime() - begin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
