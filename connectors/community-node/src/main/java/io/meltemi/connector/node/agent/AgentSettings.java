package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.host.HostException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner says.
 *
 * @param broker the broker's base URL; plain HTTP only to this same machine
 * @param certificate file with the broker's certificate or that of who signed it, trusted alone;
 *     empty trusts what Java trusts
 * @param folder the node's own folder
 * @param token join token; needed for the first start only
 * @param endpointAddress where the guests' ports are opened
 * @param firstPort first of the ports that guests' ports are opened at
 * @param cpuFactor virtual CPUs for each CPU of the host
 * @param memoryReserveKibibytes memory that guests never get
 * @param machines most machines at a time
 * @param grace how long a guest may take to end before it is cut off
 * @param kinds names of the kinds that are allowed
 * @param endWithParent the agent ends when the process that started it does; guests go on
 */
public record AgentSettings(
    URI broker,
    Optional<Path> certificate,
    Path folder,
    Optional<String> token,
    String name,
    String endpointAddress,
    int firstPort,
    int lastPort,
    int cpuFactor,
    long memoryReserveKibibytes,
    int machines,
    Duration grace,
    Set<String> kinds,
    boolean endWithParent) {

  public AgentSettings {
    if (!"https".equals(broker.getScheme()) && !here(broker)) {
      throw new HostException("the broker is on another machine, so its URL must begin with https");
    }
    if (firstPort < 1024 || lastPort > 65_535 || firstPort > lastPort) {
      throw new HostException(
          "ports must be within 1024-65535, were " + firstPort + "-" + lastPort);
    }
    kinds = Set.copyOf(kinds);
  }

  /** What goes to any address of this machine does not leave it. */
  private static boolean here(URI broker) {
    try {
      InetAddress address = InetAddress.getByName(broker.getHost());
      return "http".equals(broker.getScheme())
          && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
    } catch (UnknownHostException e) {
      throw new HostException("unknown broker " + broker.getHost(), e);
    } catch (SocketException e) {
      throw new HostException("cannot list the addresses of this machine", e);
    }
  }

  /**
   * Reads {@code --broker URL --data DIR --token T} and the other settings.
   *
   * @param environment {@code MELTEMI_NODE_TOKEN} serves where {@code --token} would be seen in the
   *     list of processes
   */
  public static AgentSettings of(String[] arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String word = arguments[i];
      if (word.equals("--end-with-parent")) {
        given.put(word, "true");
      } else if (DEFAULTS.containsKey(word) && i + 1 < arguments.length) {
        given.put(word, arguments[++i]);
      } else {
        throw new HostException("unknown or incomplete: " + word + "; there are " + USAGE);
      }
    }
    return of(given, Optional.ofNullable(environment.get("MELTEMI_NODE_TOKEN")));
  }

  private static AgentSettings of(Map<String, String> given, Optional<String> secret) {
    String[] ports = word(given, "--ports").split("-", -1);
    if (ports.length != 2) {
      throw new HostException("--ports takes a range such as 40000-40999");
    }
    return new AgentSettings(
        URI.create(word(given, "--broker")),
        Optional.of(word(given, "--certificate")).filter(file -> !file.isEmpty()).map(Path::of),
        Path.of(word(given, "--data")).resolve("node"),
        Optional.of(word(given, "--token")).filter(token -> !token.isEmpty()).or(() -> secret),
        word(given, "--name").isEmpty() ? hostName() : word(given, "--name"),
        word(given, "--endpoint-address"),
        number("--ports", ports[0]),
        number("--ports", ports[1]),
        number(given, "--cpu-factor"),
        number(given, "--memory-reserve-mib") * 1024L,
        number(given, "--machines"),
        Duration.ofSeconds(number(given, "--grace-seconds")),
        Set.of(word(given, "--kinds").split(",", -1)),
        given.containsKey("--end-with-parent"));
  }

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--broker", "http://127.0.0.1:8080"),
          Map.entry("--certificate", ""),
          Map.entry("--data", "data"),
          Map.entry("--token", ""),
          Map.entry("--name", ""),
          Map.entry("--endpoint-address", "127.0.0.1"),
          Map.entry("--ports", "40000-40999"),
          Map.entry("--cpu-factor", "4"),
          Map.entry("--memory-reserve-mib", "1024"),
          Map.entry("--machines", "100"),
          Map.entry("--grace-seconds", "30"),
          Map.entry("--kinds", "qemu,process"));

  private static final String USAGE =
      String.join(" ", DEFAULTS.keySet().stream().sorted().toList()) + " --end-with-parent";

  private static String word(Map<String, String> given, String name) {
    String fallback = DEFAULTS.getOrDefault(name, "");
    return given.getOrDefault(name, fallback);
  }

  private static int number(Map<String, String> given, String name) {
    return number(name, word(given, name));
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,8}")) {
      throw new HostException(name + " must be a number, was " + value);
    }
    return Integer.parseInt(value);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AgentSettings[" + broker + ", " + folder + ", " + name + "]";
  }
}
