package io.meltemi.connector.vsphere;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A vCenter of dev/vsphere, which must be up. */
final class Lab {
  private static final Path SCRIPTS = Path.of("../../dev/vsphere");
  private static final Path HOME =
      Path.of(
          Optional.ofNullable(System.getenv("VSPHERE_HOME"))
              .orElse(System.getProperty("java.io.tmpdir") + "/vsphere-lab"));

  private final String instance;
  private final Map<String, String> environment;
  private final AtomicReference<String> template = new AtomicReference<>("");
  private final AtomicReference<String> datastore = new AtomicReference<>("");

  Lab() {
    this(Optional.ofNullable(System.getenv("VSPHERE_INSTANCE")).orElse("vcenter"));
  }

  Lab(String instance) {
    this.instance = instance;
    environment = read(HOME.resolve("run").resolve(instance).resolve("env"));
  }

  private static Map<String, String> read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.substring("export ".length()).split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace("'", "")));
    } catch (IOException e) {
      throw new UncheckedIOException("no vCenter: run dev/vsphere/up first", e);
    }
  }

  private String value(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() -> new IllegalStateException("the vCenter's env has no " + name));
  }

  Map<String, String> settings() {
    return Map.of(
        "endpoint",
        value("VSPHERE_SDK_URL"),
        "user",
        value("VSPHERE_SDK_USER"),
        "password",
        value("VSPHERE_SDK_PASSWORD"),
        "certificates",
        certificate(),
        "folder",
        "broker",
        "switch",
        "DVS0",
        "vlans",
        "2000-2099",
        "country",
        "FR");
  }

  private String certificate() {
    try {
      return Files.readString(Path.of(value("VSPHERE_SDK_CERT")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets calls to the vCenter go wrong; for those who open it {@link #through} it. */
  FaultProxy proxy() {
    return new FaultProxy(List.of(URI.create(value("VSPHERE_SDK_URL"))), certificate());
  }

  Map<String, String> through(FaultProxy proxy) {
    return Map.of(
        "endpoint", proxy.address(value("VSPHERE_SDK_URL")),
        "certificates", proxy.certificate());
  }

  /** The account of the contract, with some settings changed. */
  Connector open(Map<String, String> changes, String account) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(changes);
    return new VSphereConnectorFactory()
        .open(
            settings,
            new Context(account, Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  /** What another client says of the vCenter, or does to it. */
  String vc(String... arguments) {
    return run("vc", own(), arguments);
  }

  /** Id of the template that machines are made of. */
  String template() {
    return template.updateAndGet(known -> known.isEmpty() ? vc("uuid", "tpl-debian12") : known);
  }

  /** Id of the datastore that volumes are made on. */
  String datastore() {
    return datastore.updateAndGet(known -> known.isEmpty() ? idOf("LocalDS_0") : known);
  }

  private String idOf(String store) {
    return vc("stores")
        .lines()
        .map(line -> line.split("\t"))
        .filter(seen -> seen[1].equals(store))
        .map(seen -> seen[0])
        .findFirst()
        .orElseThrow();
  }

  /** A setting of a machine that holds text in Base64. */
  String decoded(String machine, String key) {
    return new String(
        Base64.getDecoder().decode(vc("setting", machine, key)), StandardCharsets.UTF_8);
  }

  private Map<String, String> own() {
    return Map.of("VSPHERE_INSTANCE", instance);
  }

  /** Makes the vCenter misbehave. */
  String faults(String... arguments) {
    return run("faults", own(), arguments);
  }

  /** How often the vCenter was called so, since it was started. */
  long calls(String method) {
    Matcher counted = Pattern.compile("\"" + method + "\":([0-9]+)").matcher(faults("stats"));
    return counted.find() ? Long.parseLong(counted.group(1)) : 0;
  }

  /** The same, some time after the call. */
  String lateFaults(int milliseconds, String... arguments) {
    return run(
        "faults",
        Map.of("VSPHERE_INSTANCE", instance, "FAULT_DELAY", Integer.toString(milliseconds)),
        arguments);
  }

  static String run(String program, Map<String, String> extra, String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(program).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(extra);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
