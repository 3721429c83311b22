package io.meltemi.webapp.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Line 13 of the checklist at the door: whoever registers an account names an address. Each that
 * the gate has to withstand (connectors/outgoing) is named in every way in which the connectors let
 * one be named; the broker looks names up as an attacker's own name server would answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ForgedEndpointsIT {
  private static final Path FORGERIES =
      Path.of("../connectors/outgoing/src/test/resources/forgeries");
  private static final int AT_ONCE = 24;

  /** Of this machine, opened, and none of those that are named. */
  private static final String OPENED = "127.0.0.9";

  private final Trap trap = new Trap();
  private Path names;
  private Deployed broker;
  private Operator operator;

  /** Where an account's address is read. */
  private enum Entrance {
    OPENSTACK {
      @Override
      Map<String, Object> naming(String url) {
        return account(
            "openstack", Map.of("endpoint", url, "user", "u", "password", "w", "project", "p"));
      }
    },
    CLOUDS_FILE {
      @Override
      Map<String, Object> naming(String url) {
        String file =
            "clouds: {one: {auth: {auth_url: \"%s\", username: u, password: w, project_name: p}}}";
        return Map.of(
            "name", "forged", "connector", "openstack", "settingsFile", file.formatted(url));
      }
    },
    VSPHERE {
      @Override
      Map<String, Object> naming(String url) {
        String secure = url.replaceFirst("^http:", "https:");
        return account(
            "vsphere", Map.of("endpoint", secure, "user", "u", "password", "w", "folder", "f"));
      }
    };

    abstract Map<String, Object> naming(String url);

    private static Map<String, Object> account(String connector, Map<String, String> settings) {
      return Map.of("name", "forged", "connector", connector, "settings", settings);
    }
  }

  /** What somebody learns. An address that is none may be told as it was written. */
  private record Told(int status, String code, String field, String words) {
    static Told of(Operator.Reply reply) {
      JsonNode job = reply.body();
      boolean silent = reply.status() == 503;
      String words = job.path("statusMessage").asText() + " " + job.path("remedy").asText();
      return new Told(
          reply.status(),
          job.path("code").asText(),
          job.path("field").asText(),
          silent ? words : "");
    }
  }

  @BeforeAll
  void start() throws IOException {
    names = Files.createTempFile("names", ".hosts");
    Files.setPosixFilePermissions(names, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(
        names,
        Files.readString(Path.of("/etc/hosts"))
            + "\n"
            + Files.readString(FORGERIES.resolve("names.txt")));
    broker = Deployed.start("forged", List.of(OPENED), "-Djdk.net.hosts.file=" + names);
    operator = new Operator(broker.url()).withToken();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(operator.get("/broker/1/accounts").expect(200).body().path("count").asInt())
        .isZero();
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
    trap.close();
    Files.delete(names);
  }

  @ParameterizedTest
  @EnumSource
  void noneIsCalledAndAllThatGiveNoAnswerSoundTheSame(Entrance entrance) throws Exception {
    List<String> urls = urls();
    assertThat(urls).hasSizeGreaterThan(80);
    List<Told> told = told(urls.stream().map(entrance::naming).toList());
    assertThat(trap.called()).map(InetAddress::getHostAddress).allMatch(OPENED::equals);
    List<Told> silent = told.stream().filter(each -> each.status() == 503).toList();
    assertThat(silent).hasSizeGreaterThan(60).containsOnly(silent.getFirst());
    assertThat(silent.getFirst().code()).isEqualTo("account.unreachable");
    assertThat(silent.getFirst().field()).isEqualTo("settings.endpoint");
    assertThat(told)
        .filteredOn(each -> each.status() != 503)
        .allSatisfy(each -> {
          assertThat(each.status()).isEqualTo(400);
          assertThat(each.code()).isIn("account.setting", "account.file");
          assertThat(each.field()).isIn("settings.endpoint", "settingsFile");
        });
  }

  @ParameterizedTest
  @EnumSource
  void theTrapSpringsWhenItsAddressIsOpened(Entrance entrance) {
    int before = trap.called().size();
    operator
        .post("/broker/1/accounts", entrance.naming("http://%s:%d/".formatted(OPENED, trap.port())))
        .expect(503);
    assertThat(trap.called()).hasSizeGreaterThan(before);
  }

  private List<String> urls() throws IOException {
    String port = Integer.toString(trap.port());
    List<String> urls = new ArrayList<>();
    Stream.of(lines("hosts.txt"), lines("names.txt").map(line -> line.split(" ", 2)[1]), own())
        .flatMap(hosts -> hosts)
        .distinct()
        .forEach(host -> urls.add("http://" + host + ":" + port + "/latest/meta-data"));
    lines("urls.txt").forEach(url -> urls.add(url.replace("PORT", port)));
    return urls;
  }

  private static Stream<String> lines(String file) throws IOException {
    return Files.readAllLines(FORGERIES.resolve(file)).stream();
  }

  /** The addresses of this machine. */
  private static Stream<String> own() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(InetAddress::getHostAddress)
        .filter(address -> address.indexOf('%') < 0)
        .map(address -> address.contains(":") ? "[" + address + "]" : address);
  }

  private List<Told> told(List<Map<String, Object>> accounts) throws Exception {
    List<Told> told = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Told>> posts = new ArrayList<>();
      accounts.forEach(
          account -> posts.add(() -> Told.of(operator.post("/broker/1/accounts", account))));
      for (Future<Told> each : threads.invokeAll(posts)) told.add(each.get());
    }
    return told;
  }
}
