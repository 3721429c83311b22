package io.meltemi.broker.account;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.pivot.MachineOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a provider's words what they must not hold: secrets that the provider was sent and
 * repeats, and characters that a terminal would obey. A connector should do so itself; this holds
 * for all of them.
 */
record Hush(List<String> secrets) {
  /** Shorter texts stand in any sentence by chance. */
  private static final int SHORTEST = 4;

  private static final String INSTEAD = "***";

  Hush {
    secrets = secrets.stream().filter(secret -> secret.length() >= SHORTEST).distinct().toList();
  }

  /** What is secret of an account. */
  static Hush of(Account account, Collection<ConnectorFactory.Setting> settings) {
    return new Hush(
        settings.stream()
            .filter(ConnectorFactory.Setting::secret)
            .flatMap(
                setting -> Optional.ofNullable(account.settings().get(setting.name())).stream())
            .toList());
  }

  /** The same, and what is secret of an order. */
  Hush and(MachineOrder order) {
    Stream<String> more =
        Stream.concat(
            order.login().flatMap(MachineOrder.Login::password).stream(),
            order.userDataBase64().stream().flatMap(text -> Stream.of(text, decoded(text))));
    return new Hush(Stream.concat(secrets.stream(), more).toList());
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  String clean(String words) {
    String clean = words;
    for (String secret : secrets) {
      clean = clean.replace(secret, INSTEAD);
    }
    return clean
        .codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The same failure in clean words; a cause that tells a secret is left out. */
  ConnectorException clean(ConnectorException failure) {
    String reason = clean(failure.reason());
    if (reason.equals(failure.reason()) && (failure.getCause() == null || cause(failure) != null)) {
      return failure;
    }
    return new ConnectorException(failure.fault(), reason, cause(failure), failure.retryAfter());
  }

  private @Nullable Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null || tells(cause) ? null : cause;
  }

  /** True when it, or what caused it, tells a secret. */
  boolean tells(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String words = String.valueOf(each.getMessage());
      if (secrets.stream().anyMatch(words::contains)) return true;
    }
    return false;
  }
}
