package io.meltemi.webapp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Part A: verbs, forms and versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesTest {
  private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");

  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void headTellsWhatGetTells(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String entry = talk.consumer().entryPoint().need("id");
    for (String url : List.of(entry, talk.href("machineConfigs"), talk.ready().need("id"))) {
      Answer get = talk.get(url);
      Answer head = talk.consumer().send("HEAD", url, "");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String name : List.of("Content-Type", "Content-Length", "ETag")) {
        assertThat(head.header(name)).as(name + " of " + url).isPresent();
        assertThat(head.header(name)).isEqualTo(get.header(name));
      }
      String length = Integer.toString(get.body().getBytes(UTF_8).length);
      assertThat(get.header("Content-Length")).contains(length);
    }
  }

  @InEveryDialect
  void everyPlaceNamesItsVerbs(Dialect dialect) {
    places(provider.talk(dialect))
        .forEach((url, verbs) -> {
          Talk talk = provider.talk(dialect);
          Answer options = talk.consumer().send("OPTIONS", url, "");
          assertThat(options.status()).isEqualTo(204);
          assertThat(options.list("Allow")).as(url).isEqualTo(verbs);
          for (String verb : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")) {
            if (verbs.contains(verb)) continue;
            Answer refused = talk.consumer().send(verb, url, "");
            assertThat(refused.status()).as(verb + " " + url).isEqualTo(405);
            assertThat(refused.list("Allow")).as(verb + " " + url).isEqualTo(verbs);
          }
        });
  }

  /** One place of each sort, and what is understood there. */
  private static Map<String, Set<String>> places(Talk talk) {
    Set<String> changed = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");
    Answer ready = talk.ready();
    Map<String, Set<String>> places = new LinkedHashMap<>();
    places.put(talk.consumer().entryPoint().need("id"), READ);
    for (String growing : List.of("machineConfigs", "networks")) {
      places.put(talk.href(growing), Set.of("GET", "HEAD", "POST", "OPTIONS"));
    }
    for (String readable : List.of("jobs", "resourceMetadata")) {
      places.put(talk.href(readable), READ);
    }
    places.put(ready.needHref("disks"), READ);
    places.put(talk.all("resourceMetadata").items().getFirst().need("id"), READ);
    places.put(talk.all("machineConfigs").items().getFirst().need("id"), changed);
    places.put(ready.need("id"), changed);
    places.put(ready.needOperation(talk.dialect().action("start")), Set.of("POST", "OPTIONS"));
    return places;
  }

  @InEveryDialect
  void theVersionIsToldWithEveryAnswerOfTheOldVersionOnly(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String machines = talk.href("machines");
    String tag = talk.get(machines).header("ETag").orElseThrow();
    String text = "text/plain";
    hold(talk, 200, "GET", machines, "");
    hold(talk, 304, "GET", machines, "", "If-None-Match", tag);
    hold(talk, 400, "POST", machines, "?");
    hold(talk, 401, "GET", machines, "", "Authorization", "Basic bm9ib2R5OndvcmQ=");
    hold(talk, 404, "GET", machines + "/none", "");
    hold(talk, 404, "GET", machines + "/none/at/all", "");
    hold(talk, 405, "PUT", machines, "");
    hold(talk, 406, "GET", machines, "", "Accept", text);
    hold(talk, 415, "POST", machines, "?", "Content-Type", text);
  }

  private static void hold(
      Talk talk, int status, String verb, String url, String body, String... headers) {
    Answer answer = talk.consumer().send(verb, url, body, headers);
    assertThat(answer.status()).as(answer.raw()).isEqualTo(status);
    assertThat(answer.header("CIMI-Specification-Version"))
        .isEqualTo(talk.dialect().version() == 1 ? Optional.of("1.1.0") : Optional.empty());
  }

  @InEveryDialect
  void aBodySaysWhatItIsAndNothingElse(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.made("machineConfigs", talk.config("typed")).need("id");
    String change = url + "?$select=description";
    Dialect other = new Dialect(3 - dialect.version(), dialect.xml());
    Body right = Body.of("MachineConfiguration").with("description", "right");
    Body wrong = Body.of("MachineImage").with("description", "wrong");
    assertThat(talk.consumer().put(change, right).status()).isEqualTo(200);
    assertThat(talk.consumer().put(change, wrong).need("code")).isEqualTo("body.wrong-type");
    Answer foreign = talk.consumer().send("PUT", change, right.in(other));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.need("code")).isEqualTo("body.other-face");
    if (!dialect.xml()) {
      String untyped = "{\"description\": \"untyped\"}";
      assertThat(talk.consumer().send("PUT", change, untyped).status()).isEqualTo(200);
    }
  }

  @InEveryDialect
  void aWishIsWeighedByItsMostSpecificRange(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String machines = talk.href("machines");
    Map<String, String> wishes =
        Map.of(
            "application/xml;q=0, */*", "application/json",
            "application/json;q=0, */*;q=0.1", "application/xml",
            "application/*;q=0.2, application/xml;q=0.1", "application/json",
            "text/html, application/xml;q=0.9", "application/xml",
            "*/*", "application/json");
    wishes.forEach((accept, type) ->
        assertThat(talk.consumer().get(machines, accept).header("Content-Type").orElseThrow())
            .as(accept)
            .startsWith(type));
    assertThat(talk.consumer().get(machines, "application/json;q=0").status()).isEqualTo(406);
  }
}
