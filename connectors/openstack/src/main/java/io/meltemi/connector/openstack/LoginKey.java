package io.meltemi.connector.openstack;

import io.meltemi.connector.Token;
import java.util.Optional;
import java.util.function.Function;
import org.jclouds.openstack.nova.v2_0.extensions.KeyPairApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A public key that nova puts into a new server. Nova takes keys by name only and copies them into
 * the server, so a key pair named after the token lives for the time of the creation.
 */
final class LoginKey {
  private static final Logger LOG = LoggerFactory.getLogger(LoginKey.class);

  private final Nova nova;
  private final String name;
  private final Optional<String> publicKey;

  LoginKey(Nova nova, Token token, Optional<String> publicKey) {
    this.nova = nova;
    this.name = name(token);
    this.publicKey = publicKey;
  }

  /** Runs a creation that may use the key pair of this name. */
  <T> T lending(Function<Optional<String>, T> creation) {
    if (publicKey.isEmpty()) {
      return creation.apply(Optional.empty());
    }
    KeyPairApi pairs = nova.api().getKeyPairApi(nova.region()).get();
    pairs.delete(name);
    pairs.createWithPublicKey(name, publicKey.get());
    try {
      return creation.apply(Optional.of(name));
    } finally {
      takeBack(pairs);
    }
  }

  /** Tidying up never decides what came of the creation. */
  private void takeBack(KeyPairApi pairs) {
    try {
      pairs.delete(name);
    } catch (RuntimeException e) {
      LOG.warn("key pair {} stays until its machine is deleted: {}", name, e.getMessage());
    }
  }

  /** Takes back what a creation that was killed may have left. */
  static void forget(Nova nova, Token token) {
    nova.api().getKeyPairApi(nova.region()).get().delete(name(token));
  }

  private static String name(Token token) {
    return "meltemi-" + token.value();
  }
}
