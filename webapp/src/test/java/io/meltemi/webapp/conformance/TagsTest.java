package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Entity tags (R11): one tag stands for one text, and a change is made on what was read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TagsTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  /** Texts by URL and tag, as one consumer saw them. */
  private static final class Seen {
    private final Talk talk;
    private final Map<String, String> texts = new HashMap<>();

    Seen(Talk talk) {
      this.talk = talk;
    }

    /** Reads, and holds the text against what the same tag stood for before. */
    Answer read(String url) {
      Answer answer = talk.get(url);
      String tag = answer.header("ETag").orElseThrow();
      String before = texts.putIfAbsent(url + " " + tag, answer.body());
      assertThat(answer.body()).as(tag).isEqualTo(before == null ? answer.body() : before);
      return answer;
    }

    int tags(String url) {
      return (int) texts.keySet().stream().filter(key -> key.startsWith(url + " ")).count();
    }
  }

  @InEveryDialect
  void aTagStandsForOneText(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Seen seen = new Seen(talk);
    Answer ordered =
        talk.posted(
            "machines", talk.order("tagged", talk.template().with("initialState", "PAUSED")));
    String machine = ordered.header("Location").orElseThrow();
    String job = ordered.header("CIMI-Job-URI").orElseThrow();
    String machines = talk.href("machines");
    watch(seen, talk, machine, job, machines, "PAUSED");
    Answer paused = seen.read(machine);
    Answer started = talk.acted(paused, "start");
    watch(seen, talk, machine, started.header("CIMI-Job-URI").orElseThrow(), machines, "STARTED");
    int before = seen.tags(machine);
    Answer changed =
        talk.consumer()
            .put(machine + "?$select=description", Body.of("Machine").with("description", "seen"));
    assertThat(changed.header("ETag")).isEqualTo(seen.read(machine).header("ETag"));
    assertThat(seen.tags(machine)).isGreaterThan(before).isGreaterThanOrEqualTo(3);
    talk.removed(seen.read(machine));
  }

  private static void watch(
      Seen seen, Talk talk, String machine, String job, String machines, String end) {
    Answer ignored =
        talk.awaited(
            machine,
            answer -> {
              seen.read(job);
              seen.read(machines);
              return seen.read(machine).need("state").equals(end)
                  && seen.read(job).need("progress").equals("100");
            });
  }

  @InEveryDialect
  void whatHasNotChangedIsNotSentAgain(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.made("machineConfigs", talk.config("kept")).need("id");
    for (String asked :
        new String[] {
          url, url + "?$select=name", url + "?$expand=*", talk.href("machineConfigs")
        }) {
      String tag = talk.get(asked).header("ETag").orElseThrow();
      assertThat(talk.consumer().send("GET", asked, "", "If-None-Match", tag).status())
          .as(asked)
          .isEqualTo(304);
      Body change = Body.of("MachineConfiguration").with("name", "kept for " + asked.length());
      assertThat(talk.consumer().put(url + "?$select=name", change).status()).isEqualTo(200);
      assertThat(talk.consumer().send("GET", asked, "", "If-None-Match", tag).status())
          .as(asked)
          .isEqualTo(200);
    }
  }

  @InEveryDialect
  void aChangeIsMadeOnWhatWasReadOrNotAtAll(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer made = talk.made("machineConfigs", talk.config("guarded"));
    String url = made.need("id");
    String first = made.header("ETag").orElseThrow();
    assertThat(described(talk, url, first, "one").status()).isEqualTo(200);
    String second = talk.get(url).header("ETag").orElseThrow();
    String text = talk.get(url).body();
    for (String stale : new String[] {first, "\"never\"", "W/" + second}) {
      Answer refused = described(talk, url, stale, "two");
      assertThat(refused.status()).as(stale + refused.raw()).isEqualTo(412);
      assertThat(refused.need("field")).isEqualTo("If-Match");
      assertThat(talk.consumer().send("DELETE", url, "", "If-Match", stale).status())
          .isEqualTo(412);
    }
    assertThat(talk.get(url).body()).isEqualTo(text);
    assertThat(described(talk, url, first + ", " + second, "three").status()).isEqualTo(200);
    assertThat(described(talk, url, "*", "four").status()).isEqualTo(200);
    String last = talk.get(url).header("ETag").orElseThrow();
    assertThat(talk.consumer().send("DELETE", url, "", "If-Match", last).status()).isEqualTo(200);
  }

  private static Answer described(Talk talk, String url, String tag, String text) {
    String body = Body.of("MachineConfiguration").with("description", text).in(talk.dialect());
    return talk.consumer().send("PUT", url + "?$select=description", body, "If-Match", tag);
  }

  @InEveryDialect
  void anActionIsAskedOfWhatWasReadOrNotAtAll(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ready = talk.ready();
    String start = ready.needOperation(dialect.action("start"));
    Answer refused = talk.consumer().send("POST", start, "", "If-Match", "\"1j\"");
    assertThat(refused.status()).as(refused.raw()).isEqualTo(412);
    assertThat(talk.ready().need("state")).isEqualTo("STOPPED");
  }
}
