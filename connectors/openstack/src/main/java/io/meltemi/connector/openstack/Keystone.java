package io.meltemi.connector.openstack;

import io.meltemi.connector.Http;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Reads the answers to log-ins. */
final class Keystone {
  private static final String LOG_IN = "/auth/tokens";
  private static final Set<Integer> TOO_MUCH = Set.of(408, 413, 429);

  private Keystone() {}

  /**
   * Whoever is overloaded or broken may stand in front of Keystone, and is let pass.
   *
   * @throws RefusalException when a log-in was refused, or answered by something else: with neither
   *     a token nor an error of OpenStack's form
   */
  static void check(URI asked, Http.Answer answer) throws RefusalException {
    int status = answer.status();
    if (!asked.getPath().endsWith(LOG_IN) || status >= 500 || TOO_MUCH.contains(status)) return;
    if (answer.headers().firstValue("X-Subject-Token").isPresent()) return;
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    throw new RefusalException(Reasons.message(body).orElseGet(() -> elsewhere(asked, status)));
  }

  private static String elsewhere(URI asked, int status) {
    String endpoint = asked.toString().replaceFirst(LOG_IN + "$", "");
    return "no Keystone v3 answers at the endpoint " + endpoint + " (status " + status + ")";
  }

  /** Told past jclouds, which would log in five times before it believes that. */
  static final class RefusalException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private RefusalException(String reason) {
      super(reason);
    }
  }
}
