package io.meltemi.bench;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * An account at a provider, as the broker is told of it, and as a program opens it by itself.
 *
 * @param connector name of the connector
 */
record Provider(String connector, Map<String, String> settings) {
  /** The vCenter of dev/vsphere, which must be up. */
  static Provider vcenter() throws IOException {
    Map<String, String> environment = System.getenv();
    String home = environment.getOrDefault("VSPHERE_HOME", "");
    Path lab =
        home.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "vsphere-lab")
            : Path.of(home);
    Path file =
        lab.resolve("run")
            .resolve(environment.getOrDefault("VSPHERE_INSTANCE", "vcenter"))
            .resolve("env");
    if (!Files.exists(file)) throw new IOException("no vCenter: run dev/vsphere/up first");
    Map<String, String> told = new HashMap<>();
    Outside.exports(file).forEach((name, value) -> told.put(name, value.replace("'", "")));
    String certificate = Files.readString(Path.of(word(told, "VSPHERE_SDK_CERT")));
    return new Provider(
        "vsphere",
        Map.of(
            "endpoint",
            word(told, "VSPHERE_SDK_URL"),
            "user",
            word(told, "VSPHERE_SDK_USER"),
            "password",
            word(told, "VSPHERE_SDK_PASSWORD"),
            "certificates",
            certificate,
            "folder",
            "broker",
            "country",
            "FR"));
  }

  private static String word(Map<String, String> told, String name) {
    return Optional.ofNullable(told.get(name)).orElseThrow(() -> new IllegalStateException(name));
  }

  /** Where it answers, as outgoing.allow names it. */
  String port() {
    return settings.containsKey("address")
        ? word(settings, "address")
        : URI.create(word(settings, "endpoint")).getAuthority();
  }

  /** What stands between a vCenter and those who ask it. */
  FaultProxy proxy() {
    return new FaultProxy(
        List.of(URI.create(word(settings, "endpoint"))), word(settings, "certificates"));
  }

  /** The same vCenter, asked through what stands before it. */
  Provider through(FaultProxy proxy) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put("endpoint", proxy.address(word(settings, "endpoint")));
    changed.put("certificates", proxy.certificate());
    return new Provider(connector, changed);
  }

  /**
   * Opens it without a broker.
   *
   * @param account whose objects are ours
   */
  Connector open(String account) {
    return ServiceLoader.load(ConnectorFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals(connector))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no connector is called " + connector))
        .open(
            settings,
            new ConnectorFactory.Context(
                account, Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }
}
