package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.schema.Operation;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Row Q7 for every POST that the API's description lists: one key, one answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {
  /** What no place can do: it is refused, whatever the state. */
  private static final Set<String> NOWHERE = Set.of("Machine snapshot", "Machine restore");

  private final Town town = new Town("/checklist/strangers.yaml");
  private final Posts posts = new Posts(town, town.admin);
  private final String machine = town.machine(town.admin, "acted");

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void aKeyGetsItsAnswerAgainAtEveryPost() {
    int walked = 0;
    for (Route route : town.routes()) {
      if (!route.verb().equals("POST")) continue;
      String name = "n" + walked++;
      List<Client> people = people(route, name);
      hold(route, where(route, name), posts.body(route, name), "key-of-" + name, people);
    }
    assertThat(walked).isGreaterThan(45);
  }

  /** Where a request of the route can be carried out now. */
  private String where(Route route, String name) {
    if (!route.namesSomething()) return route.path();
    return switch (route.collection()) {
      case "machines" -> ready(route);
      case "volumes" -> route.at(id(town.volume(town.admin, name)));
      case "accounts" -> account(route, name);
      case "jobs" -> route.at(id(running(name)));
      case "users" -> {
        town.user(name, "default", "MEMBER");
        yield route.at(name);
      }
      default -> throw new AssertionError("say what can be posted to: " + route);
    };
  }

  /** The machine, in a state that allows the operation. */
  private String ready(Route route) {
    Set<String> from =
        route
            .operation()
            .map(Operation::from)
            .filter(states -> !states.isEmpty())
            .orElse(Set.of("STARTED", "STOPPED"));
    String state = town.admin.json(machine).path("state").asText();
    if (!from.contains(state)) {
      String move = state.equals("STARTED") ? "/stop" : "/start";
      Town.ended(town.admin, town.admin.send("POST", machine + move, "{}"));
    }
    return route.at(id(machine));
  }

  /** A new account, disabled where it shall be enabled. */
  private String account(Route route, String name) {
    Route accounts = new Route("POST", route.top());
    String account = town.admin.made(accounts.path(), posts.body(accounts, name));
    if (route.path().endsWith("/enable")) {
      Town.ended(town.admin, town.admin.send("POST", account + "/disable", "{}"));
    }
    return route.path().contains("/foreignMachines/")
        ? foreign(route, account)
        : route.at(id(account));
  }

  /** The machine that others made, adopted where it shall be released. */
  private String foreign(Route route, String account) {
    String list = account + "/foreignMachines";
    await().until(() -> town.admin.json(list).path("count").asInt() > 0);
    String machine = town.admin.json(list).path("foreignMachines").path(0).path("id").asText();
    if (route.path().endsWith("/release")) {
      Town.ended(town.admin, town.admin.send("POST", machine + "/adopt", "{}"));
    }
    return route.at(id(account), id(machine));
  }

  /** Who asks, and who asks again: a password is changed by its user, who then has the new one. */
  private List<Client> people(Route route, String name) {
    if (!route.path().endsWith("/changepassword")) return List.of(town.admin);
    return List.of(town.client(name, Town.WORD), town.client(name, Posts.PASSWORD));
  }

  /** The job of an order whose provider does not answer. */
  private String running(String name) {
    town.broker.cloud().plan(Mishap.hang("create", Duration.ofMinutes(5)));
    Route orders = new Route("POST", "cimi/2/machines");
    HttpResponse<String> answer =
        town.admin.send("POST", orders.path(), posts.body(orders, name + "-hangs"));
    return header(answer, "CIMI-Job-URI").orElseThrow();
  }

  private static String id(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private void hold(Route route, String where, String body, String key, List<Client> people) {
    if (route.path().endsWith("volumes/remove")) {
      String volume = body.replaceFirst(".*\"(volumes/[^\"]*)\".*", "cimi/2/$1");
      town.attach(town.admin, machine, town.admin.json(volume).path("id").asText());
    }
    HttpResponse<String> first =
        people.getFirst().send("POST", where, body, "Idempotency-Key", key);
    if (NOWHERE.contains(route.kind().name() + " " + id(route.path()))) {
      assertThat(first.statusCode()).as(where + first.body()).isEqualTo(409);
      return;
    }
    assertThat(first.statusCode()).as(where + first.body()).isIn(200, 201, 202);
    HttpResponse<String> again = people.getLast().send("POST", where, body, "Idempotency-Key", key);
    assertThat(again.statusCode()).as(where + again.body()).isEqualTo(first.statusCode());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).as(where).contains("true");
    for (String header : List.of("Location", "CIMI-Job-URI")) {
      assertThat(header(again, header)).as(where + header).isEqualTo(header(first, header));
    }
    assertThat(told(again)).as(where).isEqualTo(told(first));
    HttpResponse<String> other =
        people.getLast().send("POST", where, Posts.varied(body), "Idempotency-Key", key);
    assertThat(other.statusCode()).as(where + other.body()).isEqualTo(409);
    assertThat(Client.json(other).path("code").asText()).isEqualTo("idempotency.reused");
    if (route.collection().equals("jobs")) town.broker.cloud().calm();
    else header(first, "CIMI-Job-URI").ifPresent(job -> Town.ended(people.getLast(), first));
  }

  private static Optional<String> header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name);
  }

  /** What is shown once is not shown again. */
  private static Optional<JsonNode> told(HttpResponse<String> answer) {
    if (answer.body().isEmpty()) return Optional.empty();
    ObjectNode told = (ObjectNode) Client.json(answer);
    told.remove("token");
    return Optional.of(told);
  }

  @Test
  void theLifeOfAKeyIsTold() {
    assertThat(town.admin.get("cimi/2/resourceMetadata").body()).contains("IdempotencyKeyLife");
  }

  /** A refusal is not remembered: nothing happened, and the key may be used for what is right. */
  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    String where = "cimi/2/machineConfigs";
    HttpResponse<String> wrong =
        town.admin.send("POST", where, "{\"cpu\": \"x\"}", "Idempotency-Key", "free");
    assertThat(wrong.statusCode()).isEqualTo(400);
    HttpResponse<String> right =
        town.admin.send(
            "POST", where, posts.body(new Route("POST", where), "free"), "Idempotency-Key", "free");
    assertThat(right.statusCode()).as(right.body()).isEqualTo(201);
  }
}
