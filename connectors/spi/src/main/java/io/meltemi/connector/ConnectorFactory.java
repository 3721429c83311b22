package io.meltemi.connector;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens accounts of one kind of provider. Found by {@link java.util.ServiceLoader}. */
public interface ConnectorFactory {
  /** The connector's name, lower case, for instance {@code openstack}. */
  String name();

  /** What an account of this kind needs to be told. */
  List<Setting> settings();

  /**
   * Opens an account. Does not call the provider; a setting that is missing or wrong is an {@link
   * IllegalArgumentException} that names it.
   */
  Connector open(Map<String, String> settings, Context context);

  /**
   * Secrets that an account has no use for with these settings, for instance the password of one
   * that logs in by a key now. Those that are stored and not given again are forgotten.
   *
   * @param open settings of the account without its secrets, not checked yet
   */
  default Set<String> unused(Map<String, String> open) {
    return Set.of();
  }

  /**
   * Settings from a file of the provider's own tools, for those who have one and will not type it.
   *
   * @param text of the file
   * @param entry which of the accounts in it; empty takes the only one
   * @param beside settings given beside the file, which rule over it
   * @throws IllegalArgumentException that names the line or the field which is wrong
   */
  default Map<String, String> fromFile(
      String text, Optional<String> entry, Map<String, String> beside) {
    throw new IllegalArgumentException("the connector " + name() + " reads no file");
  }

  /**
   * @param secret never shown again, stored encrypted
   * @param fallback value when none is given; empty makes the setting mandatory unless optional
   * @param address says where the account's secrets are sent; one that changes asks for them anew
   */
  record Setting(
      String name,
      String description,
      boolean mandatory,
      boolean secret,
      Optional<String> fallback,
      boolean address) {
    /** A setting that is no address. */
    public Setting(
        String name,
        String description,
        boolean mandatory,
        boolean secret,
        Optional<String> fallback) {
      this(name, description, mandatory, secret, fallback, false);
    }
  }

  /**
   * What the broker lends to a connector.
   *
   * @param account the account's id, part of tokens' proof that an object is ours
   * @param outgoing the way to every address that the settings or the provider name
   * @param nodes rows of community nodes; only their driver needs them
   */
  record Context(String account, Clock clock, Outgoing outgoing, Optional<NodeRecords> nodes) {}
}
