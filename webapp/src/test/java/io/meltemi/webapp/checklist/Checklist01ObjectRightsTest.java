package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What another tenant owns is as if it were not there: at every route, for every role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist01ObjectRightsTest {
  /**
   * Collections that hold nothing of any tenant's own, so that there is nothing foreign in them.
   */
  private static final Set<String> EVERYBODYS =
      Set.of(
          "cimi/1/resourceMetadata",
          "cimi/2/resourceMetadata",
          "broker/1/resourceMetadata",
          "broker/1/connectors",
          "broker/1/policies",
          "broker/1/locations",
          "broker/1/offers",
          "broker/1/accounts",
          "broker/1/nodes",
          "broker/1/joinTokens",
          "broker/1/findings",
          "broker/1/tenants",
          "broker/1/users");

  private final Town town = new Town().furnished();

  @AfterAll
  void close() {
    town.close();
  }

  /** Ids of the first tenant by collection, whatever has one there. */
  private Map<String, String> foreign() {
    Map<String, String> ids = new TreeMap<>();
    for (Route route : town.routes()) {
      if (!route.namesSomething()) continue;
      town.owned.values().stream()
          .filter(url -> url.contains("/" + route.collection() + "/"))
          .findFirst()
          .ifPresent(url -> ids.put(route.top(), url.substring(url.lastIndexOf('/') + 1)));
    }
    return ids;
  }

  @Test
  void everyRouteHasSomethingForeignOrNothingOfAnybodys() {
    Set<String> open = new TreeSet<>();
    Map<String, String> foreign = foreign();
    for (Route route : town.routes()) {
      if (route.namesSomething() && !foreign.containsKey(route.top())) open.add(route.top());
    }
    open.removeAll(EVERYBODYS);
    assertThat(open).as("new collections: make one in Town, or say that nobody owns it").isEmpty();
  }

  @Test
  void whatIsForeignIsAnsweredLikeWhatNeverWas() {
    Map<String, String> foreign = foreign();
    int walked = 0;
    List<Client> others =
        List.of(
            town.stranger,
            town.strangeReader,
            town.bearer(Town.token(town.stranger, "{'role': 'MEMBER'}")));
    for (Route route : town.routes()) {
      if (!route.namesSomething() || !foreign.containsKey(route.top())) continue;
      for (Client other : others) {
        walked++;
        compare(route, other, foreign.get(route.top()));
      }
    }
    assertThat(walked).isGreaterThan(150);
  }

  private static void compare(Route route, Client other, String id) {
    String nothing = id.matches("\\d+") ? "9999999" : Town.nothing();
    HttpResponse<String> theirs = asked(other, route, id);
    HttpResponse<String> none = asked(other, route, nothing);
    assertThat(theirs.statusCode()).as(route + " " + theirs.body()).isEqualTo(none.statusCode());
    if (!isAdd(route)) assertThat(theirs.statusCode()).as(route + theirs.body()).isEqualTo(404);
    else assertThat(theirs.statusCode()).as(route + theirs.body()).isBetween(400, 499);
    assertThat(plain(theirs, id)).as("%s", route).isEqualTo(plain(none, nothing));
  }

  private static boolean isAdd(Route route) {
    return route.verb().equals("POST") && !route.isAction();
  }

  private static HttpResponse<String> asked(Client other, Route route, String id) {
    return switch (route.verb()) {
      case "PUT" -> other.send("PUT", route.at(id) + "?$select=name", "{\"name\": \"x\"}");
      case "POST" -> other.send("POST", route.at(id), route.isAction() ? "" : "{}");
      default -> other.send(route.verb(), route.at(id), "");
    };
  }

  /** The body without what differs from one request to the next. */
  private static String plain(HttpResponse<String> answer, String id) {
    return answer
        .body()
        .replaceAll("http://[0-9.]+:\\d+", "BASE")
        .replaceAll("/" + id + "(?![0-9a-f])", "/ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  @Test
  void aForeignMachineTakesNoLongerThanNone() {
    String foreign = town.url("Machine");
    String none = foreign.substring(0, foreign.lastIndexOf('/') + 1) + Town.nothing();
    List<Long> theirs = new ArrayList<>();
    List<Long> nobodys = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      theirs.add(nanos(foreign));
      nobodys.add(nanos(none));
    }
    assertThat(median(theirs)).isLessThan(3 * median(nobodys) + 5_000_000);
  }

  private long nanos(String url) {
    long begin = System.nanoTime();
    assertThat(town.stranger.get(url).statusCode()).isEqualTo(404);
    return System.nanoTime() - begin;
  }

  private static long median(List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }

  @Test
  void nobodyActsForATenantThatIsNotTheirs() {
    HttpResponse<String> answer = town.stranger.get("cimi/2/machines", "Meltemi-Tenant", "default");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void whoBelongsToSeveralTenantsSeesOneAtATime() {
    town.admin.made(
        "broker/1/users",
        "{'name': 'both', 'password': 'a word for both', 'memberships': ["
            + "{'tenant': {'href': 'tenants/others'}, 'role': 'READER'},"
            + "{'tenant': {'href': 'tenants/default'}, 'role': 'MEMBER'}]}");
    Client both = town.client("both", "a word for both");
    String mine = town.url("MachineConfiguration");

    assertThat(both.get(mine).statusCode()).isEqualTo(404);
    assertThat(both.get(mine, "Meltemi-Tenant", "default").statusCode()).isEqualTo(200);
    JsonNode machines = Client.json(both.get("cimi/2/machines"));
    assertThat(machines.path("count").asInt()).isZero();
  }
}
