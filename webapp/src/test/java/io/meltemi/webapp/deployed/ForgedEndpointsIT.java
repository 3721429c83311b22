package io.meltemi.webapp.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private final Forgeries forgeries = new Forgeries();
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

  @BeforeAll
  void start() {
    broker = forgeries.broker("forged", List.of(OPENED));
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
  void stop() {
    broker.close();
    trap.close();
    forgeries.close();
  }

  @ParameterizedTest
  @EnumSource
  void noneIsCalledAndAllThatGiveNoAnswerSoundTheSame(Entrance entrance) throws Exception {
    List<String> urls = Forgeries.urls(trap.port());
    assertThat(urls).hasSizeGreaterThan(80);
    List<Told> told =
        Told.ofAll(
            urls.stream()
                .map(entrance::naming)
                .<Callable<Operator.Reply>>map(account -> () -> asked(entrance, account))
                .toList());
    assertThat(trap.called()).map(InetAddress::getHostAddress).allMatch(OPENED::equals);
    List<Told> silent = told.stream().filter(Told::silent).toList();
    assertThat(silent)
        .hasSizeGreaterThan(entrance.scripted() ? 2 : 60)
        .containsOnly(silent.getFirst());
    assertThat(silent.getFirst().code()).isEqualTo("account.unreachable");
    assertThat(silent.getFirst().field()).isEqualTo(entrance.field());
    assertThat(told)
        .filteredOn(each -> !each.silent())
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

  private Operator.Reply asked(Entrance entrance, Map<String, Object> account) {
    return entrance == Entrance.CHANGED
        ? operator.put(there, account)
        : operator.post("/broker/1/accounts", account);
  }
}
