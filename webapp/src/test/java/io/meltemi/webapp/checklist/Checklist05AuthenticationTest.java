package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Wrong log-ins are slowed, and tell nothing. That a first password ends after a week is held by
 * {@code LocalIdentityTest}, with a clock that is moved by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist05AuthenticationTest {
  private static final int TRIES = 100;

  private final Town town = new Town();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void aHundredWrongTriesAreSlowedOneByOneAndTogether() throws Exception {
    town.user("victim", "default", "READER");
    assertThat(passed(inARow("victim"))).isLessThanOrEqualTo(12);
    town.user("other", "default", "READER");
    assertThat(passed(together("other"))).isLessThanOrEqualTo(12);
    assertThat(passed(together("nobody-at-all"))).isLessThanOrEqualTo(12);
  }

  private static long passed(List<Integer> statuses) {
    assertThat(statuses).hasSize(TRIES).containsOnly(401, 429);
    return statuses.stream().filter(status -> status == 401).count();
  }

  private List<Integer> inARow(String name) {
    List<Integer> statuses = new ArrayList<>();
    for (int at = 0; at < TRIES; at++) statuses.add(attempt(name, at).statusCode());
    return statuses;
  }

  private List<Integer> together(String name) throws Exception {
    List<Future<Integer>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < TRIES; at++) {
        int number = at;
        tries.add(threads.submit(() -> attempt(name, number).statusCode()));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> each : tries) statuses.add(each.get());
    return statuses;
  }

  private HttpResponse<String> attempt(String name, int number) {
    return town.client(name, "wrong word " + number).get("cimi/2/machines");
  }

  @Test
  void whoIsUnknownIsAnsweredLikeWhoIsKnown() {
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int at = 0; at < 4; at++) {
      known.add(nanos("reader", at));
      unknown.add(nanos("readex", at));
    }
    known.sort(Long::compare);
    unknown.sort(Long::compare);
    assertThat(known.getFirst()).isLessThan(3 * unknown.get(2));
    assertThat(unknown.getFirst()).isLessThan(3 * known.get(2));
    assertThat(plain(attempt("stranger", 1))).isEqualTo(plain(attempt("strangex", 1)));
  }

  private long nanos(String name, int number) {
    long begin = System.nanoTime();
    assertThat(attempt(name, number).statusCode()).isEqualTo(401);
    return System.nanoTime() - begin;
  }

  private static String plain(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    return answer.body().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  @Test
  void aTokenDoesNotComeOfGuessing() {
    String token = Town.token(town.owner, "{'role': 'READER'}");
    assertThat(town.bearer(token).get("cimi/2/machines").statusCode()).isEqualTo(200);
    String other = token.substring(0, 21) + "A".repeat(token.length() - 21);
    for (String guess : List.of(other, token.substring(0, 40), "", "null", token + "A")) {
      assertThat(town.bearer(guess).get("cimi/2/machines").statusCode()).isEqualTo(401);
    }
  }
}
