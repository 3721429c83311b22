package io.meltemi.connector.openstack;

import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.StandingProgram;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The OpenStack of dev/openstack, which must be up. */
final class Lab {
  private static final Path SCRIPTS = Path.of("../../dev/openstack");

  private static final Path HOME =
      Path.of(
          Optional.ofNullable(System.getenv("OPENSTACK_HOME"))
              .orElse(System.getProperty("java.io.tmpdir") + "/openstack-lab"));
  private static final Map<String, String> ENVIRONMENT = Outside.exports(HOME.resolve("openrc"));
  private static final StandingProgram USER = client(ENVIRONMENT);
  private static final StandingProgram ADMIN =
      client(Outside.exports(HOME.resolve("openrc-admin")));

  private static StandingProgram client(Map<String, String> as) {
    return new StandingProgram(as, SCRIPTS.resolve("client").toString());
  }

  String value(String name) {
    return Optional.ofNullable(ENVIRONMENT.get(name))
        .orElseThrow(() -> new IllegalStateException("the lab's openrc has no " + name));
  }

  /** Keystone, nova, cinder and neutron, as the catalogue writes them. */
  List<URI> addresses() {
    return Stream.of("OS_AUTH_URL", "LAB_COMPUTE_URL", "LAB_VOLUME_URL", "LAB_NETWORK_URL")
        .map(name -> URI.create(value(name)))
        .toList();
  }

  Map<String, String> settings() {
    return Map.of(
        "endpoint", value("OS_AUTH_URL"),
        "user", value("OS_USERNAME"),
        "userDomain", value("OS_USER_DOMAIN_NAME"),
        "password", value("OS_PASSWORD"),
        "project", value("OS_PROJECT_NAME"),
        "projectDomain", value("OS_PROJECT_DOMAIN_NAME"),
        "region", value("OS_REGION_NAME"),
        "country", "FR");
  }

  /** OpenStack's own command line as the same user. */
  String openstack(String... arguments) {
    return USER.run(List.of(arguments));
  }

  /**
   * Sizes in GiB of the blank volumes that nova made for a server. It names them after it, and
   * cinder has no other link from a volume to a server that is gone.
   */
  List<Long> blankVolumes(String server) {
    String sizes =
        openstack("volume", "list", "--name", server + "-blank-vol", "-f", "value", "-c", "Size");
    return sizes.lines().map(size -> Long.parseLong(size.strip())).toList();
  }

  /** The same as the cloud's administrator. */
  String asAdmin(String... arguments) {
    return ADMIN.run(List.of(arguments));
  }

  /** The user data that nova kept for a server, decoded; only an administrator may see them. */
  String userData(String server) {
    String base64 =
        asAdmin(
            "--os-compute-api-version",
            "2.3",
            "server",
            "show",
            "-f",
            "value",
            "-c",
            "OS-EXT-SRV-ATTR:user_data",
            server);
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** Makes the lab misbehave. */
  String faults(String... arguments) {
    return Outside.run(
        ENVIRONMENT,
        Stream.concat(Stream.of(SCRIPTS.resolve("faults").toString()), Stream.of(arguments))
            .toList());
  }
}
