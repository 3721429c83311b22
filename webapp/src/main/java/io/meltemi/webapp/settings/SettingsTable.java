package io.meltemi.webapp.settings;

import io.meltemi.connector.outgoing.Range;
import io.meltemi.placement.RuleSet;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table of settings: docs/settings.md shows the same rows. */
final class SettingsTable {
  static final Setting<Path> DATA =
      new Setting<>("data", "./data", "Folder that holds everything.", Parsers::path);
  static final Setting<Optional<Path>> MASTER_KEY_FILE =
      new Setting<>(
          "masterKeyFile",
          "",
          "File with the master key; needed with PostgreSQL, the same for all replicas.",
          Parsers::optionalPath);
  static final Setting<InetAddress> LISTEN =
      new Setting<>("http.listen", "127.0.0.1", "Address to listen on.", Parsers::address);
  static final Setting<Integer> PORT =
      new Setting<>("http.port", "8080", "Port to listen on; 0 takes a free one.", Parsers::port);
  static final Setting<Optional<URI>> PUBLIC_URL =
      new Setting<>(
          "http.publicUrl", "", "Beginning of all URIs handed out.", Parsers::optionalUrl);
  static final Setting<List<String>> HOSTS =
      new Setting<>("http.hosts", "", "Further names this server answers to.", Parsers::list);
  static final Setting<Boolean> BEHIND_PROXY =
      new Setting<>(
          "http.behindProxy", "false", "TLS ends at a proxy in front of us.", Parsers::flag);
  static final Setting<Optional<Path>> CERTIFICATE =
      new Setting<>(
          "http.certificate", "", "PEM file: certificate and chain.", Parsers::optionalPath);
  static final Setting<Optional<Path>> KEY =
      new Setting<>(
          "http.key", "", "PEM file: the certificate's private key.", Parsers::optionalPath);
  static final Setting<Integer> STREAMS =
      new Setting<>(
          "http.streamsPerUser", "10", "Event streams one user may hold open.", Parsers::count);
  static final Setting<Optional<String>> STORE_URL =
      new Setting<>(
          "store.url",
          "",
          "JDBC URL of a PostgreSQL database; the embedded store when absent.",
          Parsers::optionalText);
  static final Setting<String> STORE_USER =
      new Setting<>("store.user", "meltemi", "User at that database.", Parsers::text);
  static final Setting<Optional<Path>> STORE_PASSWORD_FILE =
      new Setting<>(
          "store.passwordFile", "", "File with that user's password.", Parsers::optionalPath);
  static final Setting<Duration> KEEP_JOBS =
      new Setting<>("retention.jobs", "P30D", "Life of finished jobs.", Parsers::period);
  static final Setting<Duration> KEEP_EVENTS =
      new Setting<>("retention.events", "P7D", "Life of events.", Parsers::period);
  static final Setting<Duration> KEEP_DECISIONS =
      new Setting<>("retention.decisions", "P30D", "Life of decisions.", Parsers::period);
  static final Setting<Duration> KEEP_KEYS =
      new Setting<>(
          "retention.idempotencyKeys", "P1D", "Life of idempotency keys.", Parsers::period);
  static final Setting<Duration> KEEP_FACTS =
      new Setting<>("retention.facts", "P30D", "Life of changes of facts.", Parsers::period);
  static final Setting<Boolean> NODE_EMBEDDED =
      new Setting<>("node.embedded", "true", "Starts a node on this machine.", Parsers::flag);
  static final Setting<Boolean> NODE_INSTALL =
      new Setting<>(
          "node.install", "true", "Installs programs the node lacks, as root.", Parsers::flag);
  static final Setting<String> LOG_LEVEL =
      new Setting<>("log.level", "info", "error, warn, info, debug or trace.", Parsers::level);
  static final Setting<Boolean> LOG_JSON =
      new Setting<>("log.json", "false", "One JSON object a line.", Parsers::flag);
  static final Setting<List<RuleSet>> RULE_SETS =
      new Setting<>(
          "placement.ruleSets",
          "",
          "Further sets of rules that tenants and orders may choose: name=rule rule rule.",
          Parsers::ruleSets);
  static final Setting<List<Plugin>> PLUGINS =
      new Setting<>(
          "plugins",
          "",
          "Jars of the folder plugins that are loaded: file.jar=SHA-256.",
          Parsers::plugins);
  static final Setting<List<Range>> OUTGOING_ALLOW =
      new Setting<>(
          "outgoing.allow",
          "",
          "Local addresses, networks and ports that accounts may name: 10.0.0.0/8, [::1]:5000.",
          Parsers::ranges);

  static final List<Setting<?>> ALL =
      List.of(
          DATA,
          MASTER_KEY_FILE,
          LISTEN,
          PORT,
          PUBLIC_URL,
          HOSTS,
          BEHIND_PROXY,
          CERTIFICATE,
          KEY,
          STREAMS,
          STORE_URL,
          STORE_USER,
          STORE_PASSWORD_FILE,
          KEEP_JOBS,
          KEEP_EVENTS,
          KEEP_DECISIONS,
          KEEP_KEYS,
          KEEP_FACTS,
          NODE_EMBEDDED,
          NODE_INSTALL,
          LOG_LEVEL,
          LOG_JSON,
          RULE_SETS,
          PLUGINS,
          OUTGOING_ALLOW);

  private SettingsTable() {}
}
