package io.meltemi.bench;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
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
import java.util.stream.Stream;

/**
 * An account at a provider, as the broker is told of it, and as a program opens it by itself.
 *
 * @param connector name of the connector
 * @param addresses where it answers
 */
record Provider(String connector, Map<String, String> settings, List<URI> addresses) {
  private static final String OPENSTACK = "openstack";
  private static final String SESSION_OVER =
      """
      <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>
        <faultstring>The session is not authenticated.</faultstring>
        <detail><NotAuthenticatedFault/></detail></e:Fault></e:Body></e:Envelope>
      """;

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
            "FR"),
        List.of(URI.create(word(told, "VSPHERE_SDK_URL"))));
  }

  /** The OpenStack of dev/openstack, which must be up. */
  static Provider openstack() throws IOException {
    String home = System.getenv().getOrDefault("OPENSTACK_HOME", "");
    Path lab =
        home.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "openstack-lab")
            : Path.of(home);
    Path file = lab.resolve("openrc");
    if (!Files.exists(file)) throw new IOException("no OpenStack: run dev/openstack/up first");
    Map<String, String> told = Outside.exports(file);
    return new Provider(
        OPENSTACK,
        Map.of(
            "endpoint",
            word(told, "OS_AUTH_URL"),
            "user",
            word(told, "OS_USERNAME"),
            "password",
            word(told, "OS_PASSWORD"),
            "project",
            word(told, "OS_PROJECT_NAME"),
            "country",
            "FR"),
        Stream.of("OS_AUTH_URL", "LAB_COMPUTE_URL", "LAB_VOLUME_URL", "LAB_NETWORK_URL")
            .map(name -> URI.create(word(told, name)))
            .toList());
  }

  /** The one of that name. */
  static Provider named(String connector) throws IOException {
    return connector.equals(OPENSTACK) ? openstack() : vcenter();
  }

  private static String word(Map<String, String> told, String name) {
    return Optional.ofNullable(told.get(name)).orElseThrow(() -> new IllegalStateException(name));
  }

  /** Where it answers, as outgoing.allow names it. */
  List<String> ports() {
    return addresses.stream().map(URI::getAuthority).toList();
  }

  /**
   * How often the connector makes and removes machines before it counts; nova takes seconds for
   * each.
   */
  int warmings() {
    return connector.equals(OPENSTACK) ? 1 : 5;
  }

  /** True where many who wait for their machines share how often one may ask. */
  boolean asksTogether() {
    return connector.equals(OPENSTACK);
  }

  /** True for a call that asks for a new machine. */
  boolean creates(FaultProxy.Call call) {
    return connector.equals(OPENSTACK)
        ? call.method().equals("POST") && call.path().endsWith("/servers")
        : call.body().contains("<CloneVM_Task ");
  }

  /** True for a question that comes again and again, whatever else is asked. */
  boolean watches(FaultProxy.Call call) {
    return call.query().contains("changes-since=") || call.body().contains("<WaitForUpdatesEx ");
  }

  /** True for a call of a log-in. */
  boolean logsIn(FaultProxy.Call call) {
    return connector.equals(OPENSTACK)
        ? call.path().endsWith("/auth/tokens")
        : call.body().contains("<RetrieveServiceContent ") || call.body().contains("<Login ");
  }

  /** What it answers to those whose log-in is over. */
  Mishap loggedOut() {
    return connector.equals(OPENSTACK)
        ? new Mishap.Refused(401, Map.of(), "{\"error\": {\"code\": 401, \"message\": \"log in\"}}")
        : new Mishap.Refused(500, Map.of(), SESSION_OVER);
  }

  /** What stands between it and those who ask it. */
  FaultProxy proxy() {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer of it waits
    return Optional.ofNullable(settings.get("certificates"))
        .map(believed -> new FaultProxy(addresses, believed))
        .orElseGet(() -> new FaultProxy(addresses));
  }

  /** The same, asked through what stands before it. */
  Provider through(FaultProxy proxy) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.computeIfPresent("endpoint", (name, theirs) -> proxy.address(theirs));
    changed.computeIfPresent("certificates", (name, theirs) -> proxy.certificate());
    List<URI> there =
        addresses.stream().map(each -> URI.create(proxy.address(each.toString()))).toList();
    return new Provider(connector, changed, there);
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
