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
 * one be named, of a new account and of one that is there; the broker looks names up as an
 * attacker's own name server would answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ForgedEndpointsIT {
  private static final Path FORGERIES =
      Path.of("../connectors/outgoing/src/test/resources/forgeries");
  private static final int AT_ONCE = 24;

  /** An account that is there: a cloud in the broker's memory. */
  private static final Map<String, Object> CLOUD =
      Entrance.account(
          "scripted",
          Map.of(
              "file",
              Path.of("src/test/resources/checklist/cloud.yaml").toAbsolutePath().toString()));

  /** Of this machine, opened, and none of those that are named. */
  private static final String OPENED = "127.0.0.9";

  private final Trap trap = new Trap();
  private Path names;
  private String there;
  private JsonNode before;
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
    },
    SCRIPTED {
      @Override
      Map<String, Object> naming(String url) {
        return account("scripted", Map.of("address", bare(url)));
      }
    },
    CHANGED {
      @Override
      Map<String, Object> naming(String url) {
        return Map.of("name", "there", "settings", Map.of("address", bare(url)));
      }
    };

    abstract Map<String, Object> naming(String url);

    /** A scripted cloud is a port of this machine by its number, and nothing else. */
    boolean scripted() {
      return this == SCRIPTED || this == CHANGED;
    }

    String field() {
      return scripted() ? "settings.address" : "settings.endpoint";
    }

    private static String bare(String url) {
      return url.replaceFirst("^(http:)?/*", "").replaceFirst("/.*", "");
    }

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
    there = operator.post("/broker/1/accounts", CLOUD).expect(201).location();
    before = operator.get(there).expect(200).body().path("settings");
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(operator.get("/broker/1/accounts").expect(200).body().path("count").asInt())
        .isEqualTo(1);
    assertThat(operator.get(there).expect(200).body().path("settings")).isEqualTo(before);
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
    List<Told> told = told(entrance, urls.stream().map(entrance::naming).toList());
    assertThat(trap.called()).map(InetAddress::getHostAddress).allMatch(OPENED::equals);
    List<Told> silent = told.stream().filter(each -> each.status() == 503).toList();
    assertThat(silent)
        .hasSizeGreaterThan(entrance.scripted() ? 2 : 60)
        .containsOnly(silent.getFirst());
    assertThat(silent.getFirst().code()).isEqualTo("account.unreachable");
    assertThat(silent.getFirst().field()).isEqualTo(entrance.field());
    assertThat(told)
        .filteredOn(each -> each.status() != 503)
        .allSatisfy(each -> {
          assertThat(each.status()).isEqualTo(400);
          assertThat(each.code()).isIn("account.setting", "account.file");
          assertThat(each.field()).isIn(entrance.field(), "settingsFile");
        });
  }

  /** A scripted cloud is never at the address that is opened here. */
  @ParameterizedTest
  @EnumSource(
      names = {"SCRIPTED", "CHANGED"},
      mode = EnumSource.Mode.EXCLUDE)
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
    lines("urls.txt")
        .map(String::translateEscapes)
        .forEach(url -> urls.add(url.replace("PORT", port)));
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

  private List<Told> told(Entrance entrance, List<Map<String, Object>> accounts) throws Exception {
    List<Told> told = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Told>> asked = new ArrayList<>();
      accounts.forEach(account -> asked.add(() -> Told.of(asked(entrance, account))));
      for (Future<Told> each : threads.invokeAll(asked)) told.add(each.get());
    }
    return told;
  }

  private Operator.Reply asked(Entrance entrance, Map<String, Object> account) {
    return entrance == Entrance.CHANGED
        ? operator.put(there, account)
        : operator.post("/broker/1/accounts", account);
  }
}
