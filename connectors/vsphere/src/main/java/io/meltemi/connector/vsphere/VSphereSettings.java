package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorFactory.Setting;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account needs.
 *
 * @param endpoint the SOAP API
 * @param certificates PEM; empty believes the authorities that the JDK believes
 * @param datacenter path of names; empty takes the only one
 * @param folder path of names below the datacenter's machine folder
 * @param templates the same, of the folder with templates; empty looks in the whole datacenter
 * @param pool path of names below each cluster's root pool; empty takes the root pool
 * @param datastores names of those that may be used; empty allows all
 * @param networks names, for the first, second, … card; empty leaves the template's
 * @param newNetworks where networks are made; empty where none are
 * @param cpuRatio virtual CPUs offered for each CPU thread of a cluster
 * @param country where the clusters stand; a vCenter does not tell
 */
record VSphereSettings(
    URI endpoint,
    String user,
    String password,
    Optional<String> certificates,
    Optional<String> datacenter,
    String folder,
    Optional<String> templates,
    Optional<String> pool,
    List<String> datastores,
    List<String> networks,
    Optional<NewNetworks> newNetworks,
    int cpuRatio,
    Optional<String> country) {

  private static final String CPU_RATIO = "4";

  /**
   * @param home path of names of a distributed switch below the datacenter's network folder
   * @param vlans that new networks may be given
   */
  record NewNetworks(String home, VlanRange vlans) {}

  static final List<Setting> TABLE =
      List.of(
          new Setting(
              "endpoint",
              "the vCenter, for instance https://vcenter.example/sdk",
              true,
              false,
              Optional.empty(),
              true),
          mandatory("user", "name of the user, for instance broker@vsphere.local"),
          new Setting("password", "password of the user", true, true, Optional.empty()),
          optional("certificates", "certificates that are believed, in PEM form"),
          optional("datacenter", "path of the datacenter; the only one when it is not given"),
          mandatory("folder", "path of the folder for new machines, below the datacenter's vm"),
          optional("templates", "path of the folder with templates; all when it is not given"),
          optional("pool", "path of the resource pool, below that of each cluster"),
          optional("datastores", "names of the datastores that may be used, comma between"),
          optional("networks", "names of the networks of a new machine's cards, comma between"),
          optional("switch", "path of the distributed switch on which networks are made"),
          optional("vlans", "VLANs that networks made there are given, for instance 2000-2099"),
          new Setting(
              "cpuRatio",
              "virtual CPUs for each thread of a host",
              false,
              false,
              Optional.of(CPU_RATIO)),
          optional("country", "country of the clusters, ISO 3166-1, for instance FR"));

  /** Throws {@link IllegalArgumentException} that names the setting which is missing or wrong. */
  static VSphereSettings of(Map<String, String> given) {
    return new VSphereSettings(
        endpoint(needed(given, "endpoint")),
        needed(given, "user"),
        needed(given, "password"),
        wish(given, "certificates"),
        wish(given, "datacenter"),
        needed(given, "folder"),
        wish(given, "templates"),
        wish(given, "pool"),
        names(given, "datastores"),
        names(given, "networks"),
        newNetworks(wish(given, "switch"), wish(given, "vlans")),
        ratio(given.getOrDefault("cpuRatio", CPU_RATIO)),
        wish(given, "country"));
  }

  /** Only https: a vCenter offers nothing else, and the password must not be read on the way. */
  private static URI endpoint(String text) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint must be an https URL, was " + text, e);
    }
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("endpoint must be an https URL, was " + text);
    }
    boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
    return bare ? uri.resolve("/sdk") : uri;
  }

  private static Optional<NewNetworks> newNetworks(Optional<String> home, Optional<String> vlans) {
    if (home.isPresent() != vlans.isPresent()) {
      throw new IllegalArgumentException("switch and vlans go together: give both, or none");
    }
    return home.map(path -> new NewNetworks(path, VlanRange.parse(vlans.orElseThrow())));
  }

  private static int ratio(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("cpuRatio must be 1 to 999, was " + text);
    }
    return Integer.parseInt(text);
  }

  private static String needed(Map<String, String> given, String name) {
    return wish(given, name)
        .orElseThrow(() -> new IllegalArgumentException(name + " must be given"));
  }

  private static Optional<String> wish(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name)).filter(value -> !value.isBlank());
  }

  private static List<String> names(Map<String, String> given, String name) {
    return wish(given, name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static Setting mandatory(String name, String description) {
    return new Setting(name, description, true, false, Optional.empty());
  }

  private static Setting optional(String name, String description) {
    return new Setting(name, description, false, false, Optional.empty());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " in " + folder + " at " + endpoint;
  }
}
