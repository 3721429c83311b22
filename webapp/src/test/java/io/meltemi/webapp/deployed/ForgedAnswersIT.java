package io.meltemi.webapp.deployed;

import static io.meltemi.webapp.deployed.Forger.Lure.COMPUTE;
import static io.meltemi.webapp.deployed.Forger.Lure.ENDPOINT;
import static io.meltemi.webapp.deployed.Forger.Lure.NETWORKS;
import static io.meltemi.webapp.deployed.Forger.Lure.VOLUMES;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final String FIELD = "settings.endpoint";

  private final Trap trap = new Trap();
  private final Forgeries forgeries = new Forgeries();
  private final List<String> forged = Forgeries.urls(trap.port());
  private Forger forger;
  private String there;
  private JsonNode before;
  private Deployed broker;
  private Operator operator;

  @BeforeAll
  void start() {
    assertThat(forged).hasSizeGreaterThan(80);
    List<String> urls = new ArrayList<>(forged);
    for (Lure lure : Lure.values()) urls.add("http://" + opened(lure) + ":" + trap.port() + "/");
    forger = new Forger(urls);
    List<String> opened = new ArrayList<>(forger.authorities());
    for (Lure lure : Lure.values()) opened.add(opened(lure));
    broker = forgeries.broker("forged-answers", opened);
    operator = new Operator(broker.url()).withToken();
    there =
        operator.post("/broker/1/accounts", forger.account(Lure.NONE, 0)).expect(201).location();
    before = operator.get(there).expect(200).body().path("settings");
  }

  /**
   * Of this machine, opened, and none of those that are forged. Each has its own, for what is asked
   * of an account may come after its deletion.
   */
  private static String opened(Lure lure) {
    return "127.0.0." + (100 + lure.ordinal());
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
    postedAndDeleted(forger.account(lure, forged.size() + lure.ordinal()));
    boolean named = Set.of(ENDPOINT, COMPUTE, VOLUMES, NETWORKS).contains(lure);
    assertThat(called().contains(opened(lure))).isEqualTo(named);
    assertNoneIsCalled();
  }

  private List<String> called() {
    return trap.called().stream().map(InetAddress::getHostAddress).toList();
  }

  private void assertNoneIsCalled() {
    List<String> opened = Stream.of(Lure.values()).map(ForgedAnswersIT::opened).toList();
    assertThat(called()).isSubsetOf(opened);
  }

  private interface Asking {
    Operator.Reply of(Map<String, Object> account);
  }

  /** What was told of each forged address of a kind; none of them was called. */
  private Map<String, Told> told(Lure lure, Predicate<String> kind, Asking asking)
      throws Exception {
    List<Integer> numbers =
        IntStream.range(0, forged.size())
            .filter(number -> lure.canSay(forged.get(number)))
            .filter(number -> kind.test(forged.get(number)))
            .boxed()
            .toList();
    List<Told> told =
        Told.ofAll(
            numbers.stream()
                .<Callable<Operator.Reply>>map(
                    number -> () -> asking.of(forger.account(lure, number)))
                .toList());
    assertNoneIsCalled();
    Map<String, Told> all = new HashMap<>();
    for (int i = 0; i < told.size(); i++) all.put(forged.get(numbers.get(i)), told.get(i));
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
