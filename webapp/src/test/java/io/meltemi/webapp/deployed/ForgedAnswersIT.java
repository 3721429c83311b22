package io.meltemi.webapp.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.webapp.deployed.Forger.Lure;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Line 13 of the checklist behind the door: a provider that may be called names each address that
 * the gate has to withstand, in all of its answers that a connector goes by.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ForgedAnswersIT {
  /** Of this machine, opened, and none of those that are forged. */
  private static final String OPENED = "127.0.0.9";

  private static final String FIELD = "settings.endpoint";

  private final Trap trap = new Trap();
  private final Forgeries forgeries = new Forgeries();
  private final List<String> urls = new ArrayList<>(Forgeries.urls(trap.port()));
  private Forger forger;
  private String there;
  private JsonNode before;
  private Deployed broker;
  private Operator operator;

  @BeforeAll
  void start() {
    assertThat(urls).hasSizeGreaterThan(80);
    urls.add("http://" + OPENED + ":" + trap.port() + "/");
    forger = new Forger(urls);
    List<String> opened = new ArrayList<>(forger.authorities());
    opened.add(OPENED);
    broker = forgeries.broker("forged-answers", opened);
    operator = new Operator(broker.url()).withToken();
    there =
        operator.post("/broker/1/accounts", forger.account(Lure.NONE, 0)).expect(201).location();
    before = operator.get(there).expect(200).body().path("settings");
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(operator.get("/broker/1/accounts").expect(200).body().path("count").asInt())
        .isEqualTo(1);
    assertThat(operator.get(there).expect(200).body().path("settings")).isEqualTo(before);
    trap.forget();
  }

  @AfterAll
  void stop() {
    broker.close();
    forger.close();
    trap.close();
    forgeries.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOG_IN", "REDIRECT", "VCENTER"})
  void noRedirectIsFollowed(Lure lure) throws Exception {
    Map<String, Told> told = told(lure, url -> true, this::posted);
    assertThat(told).hasSizeGreaterThan(80);
    assertThat(told.values()).containsOnly(new Told(400, "account.refused", FIELD, ""));
  }

  @Test
  void anAccountWhoseComputeServiceIsElsewhereIsRefused() throws Exception {
    assertAllSoundTheSame(Lure.COMPUTE, this::posted);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDPOINT", "COMPUTE"})
  void anAccountIsNotChangedToOneThatIsElsewhere(Lure lure) throws Exception {
    assertAllSoundTheSame(lure, this::put);
  }

  /** A spelling that is no address at all may be told as such: nobody has to be asked for that. */
  private void assertAllSoundTheSame(Lure lure, Asking asking) throws Exception {
    Map<String, Told> told = told(lure, ForgedAnswersIT::isAddress, asking);
    Told first = told.values().iterator().next();
    assertThat(told).hasSizeGreaterThan(60);
    assertThat(told.values()).containsOnly(first);
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.words()).contains("No provider answers");
    assertThat(told(lure, url -> !isAddress(url), asking).values())
        .isNotEmpty()
        .allSatisfy(each -> {
          assertThat(each.status()).isIn(400, 503);
          assertThat(each.field()).isEqualTo(FIELD);
        });
  }

  /** Machines go on without what is not there. */
  @ParameterizedTest
  @EnumSource(names = {"VOLUMES", "NETWORKS", "LISTS"})
  void whatElseIsNamedIsNotCalled(Lure lure) throws Exception {
    Map<String, Told> told = told(lure, ForgedAnswersIT::isAddress, this::postedAndDeleted);
    assertThat(told).hasSizeGreaterThan(60);
    assertThat(told.values()).containsOnly(new Told(201, "", "", ""));
    told(lure, url -> !isAddress(url), this::postedAndDeleted);
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = new URI(url);
      return String.valueOf(uri.getScheme()).matches("https?") && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * An address that is opened is called where settings or catalogue name it; else nothing leads
   * there.
   */
  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void theTrapSpringsForEndpointAndCatalogueAlone(Lure lure) {
    postedAndDeleted(forger.account(lure, urls.size() - 1));
    List<String> called = trap.called().stream().map(InetAddress::getHostAddress).toList();
    switch (lure) {
      case ENDPOINT, COMPUTE, VOLUMES, NETWORKS ->
          assertThat(called).isNotEmpty().containsOnly(OPENED);
      case NONE, LOG_IN, LISTS, REDIRECT, VCENTER -> assertThat(called).isEmpty();
    }
  }

  private interface Asking {
    Operator.Reply of(Map<String, Object> account);
  }

  /** What was told of each forged address of a kind; none of them was called. */
  private Map<String, Told> told(Lure lure, Predicate<String> kind, Asking asking)
      throws Exception {
    List<Integer> numbers =
        IntStream.range(0, urls.size() - 1)
            .filter(number -> lure.canSay(urls.get(number)))
            .filter(number -> kind.test(urls.get(number)))
            .boxed()
            .toList();
    List<Told> told =
        Told.ofAll(
            numbers.stream()
                .<Callable<Operator.Reply>>map(
                    number -> () -> asking.of(forger.account(lure, number)))
                .toList());
    assertThat(trap.called()).isEmpty();
    Map<String, Told> all = new HashMap<>();
    for (int i = 0; i < told.size(); i++) all.put(urls.get(numbers.get(i)), told.get(i));
    return all;
  }

  private Operator.Reply posted(Map<String, Object> account) {
    return operator.post("/broker/1/accounts", account);
  }

  private Operator.Reply put(Map<String, Object> account) {
    Map<String, Object> change = new HashMap<>(account);
    change.put("name", "there");
    change.remove("connector");
    return operator.put(there, change);
  }

  private Operator.Reply postedAndDeleted(Map<String, Object> account) {
    Operator.Reply reply = posted(account);
    if (reply.status() == 201) {
      assertThat(operator.delete(reply.location()).status()).isBetween(200, 204);
    }
    return reply;
  }
}
