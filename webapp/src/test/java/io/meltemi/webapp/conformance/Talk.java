package io.meltemi.webapp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Consumer;
import io.meltemi.webapp.interop.Dialect;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What a consumer does again and again, finding its way by links and operations only. */
record Talk(Consumer consumer) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  Dialect dialect() {
    return consumer.dialect();
  }

  Answer get(String url) {
    Answer answer = consumer.get(url);
    assertThat(answer.status()).as(answer.raw()).isEqualTo(200);
    return answer;
  }

  /** What stands there, but for when its facts were told, which goes on by itself. */
  String still(String url) {
    return get(url).body().replaceAll("(\"observed\":|<m:observed>)[^,<]*", "");
  }

  String href(String collection) {
    return consumer.entryPoint().needHref(collection);
  }

  Answer all(String collection) {
    return get(href(collection));
  }

  /**
   * A collection or resource, asked for with parameters.
   *
   * @param parameters name, value, name, value …
   */
  Answer asked(String url, String... parameters) {
    return get(url(url, parameters));
  }

  static String url(String url, String... parameters) {
    StringBuilder all = new StringBuilder(url);
    for (int at = 0; at < parameters.length; at += 2) {
      all.append(at == 0 ? '?' : '&').append(parameters[at]).append('=');
      all.append(URLEncoder.encode(parameters[at + 1], UTF_8));
    }
    return all.toString();
  }

  Answer posted(String collection, Body body) {
    return consumer.post(all(collection).needOperation("add"), body);
  }

  Answer made(String collection, Body body) {
    Answer answer = posted(collection, body);
    assertThat(answer.status()).as(answer.raw()).isIn(201, 202);
    return get(answer.header("Location").orElseThrow());
  }

  Body config(String name) {
    return Body.of("MachineConfiguration").with("name", name).with("cpu", 1).with("memory", 131072);
  }

  /** A machine's template by value. */
  Body template() {
    return Body.of("MachineTemplate")
        .ref("machineConfig", first("machineConfigs", "tiny"))
        .ref("machineImage", first("machineImages", "debian"));
  }

  Body order(String name, Body template) {
    return Body.of("MachineCreate").with("name", name).part("machineTemplate", template);
  }

  Answer machine(String name, String state) {
    Body template = template().with("initialState", state);
    return awaited(made("machines", order(name, template)).need("id"), state);
  }

  /** The machine that stands ready. */
  Answer ready() {
    return get(first("machines", "ready"));
  }

  private String first(String collection, String name) {
    List<Answer> found = asked(href(collection), "$filter", "name='" + name + "'").items();
    assertThat(found).as(collection + " " + name).isNotEmpty();
    return found.getFirst().need("id");
  }

  Answer acted(Answer resource, String action) {
    Answer answer = consumer.act(resource, action, Body.of("Action"));
    assertThat(answer.status()).as(answer.raw()).isEqualTo(202);
    return answer;
  }

  Answer awaited(String url, String state) {
    return awaited(url, answer -> answer.text("state").orElse("").equals(state));
  }

  Answer awaited(String url, Predicate<Answer> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> consumer.get(url), wanted);
  }

  /** The job that an answer names. */
  Answer job(Answer answer) {
    return get(answer.header("CIMI-Job-URI").orElseThrow(() -> new AssertionError(answer.raw())));
  }

  /** The same job when it is over. */
  Answer jobEnded(Answer answer) {
    return awaited(job(answer).need("id"), job -> job.need("progress").equals("100"));
  }

  void gone(String url) {
    Answer ignored = awaited(url, answer -> answer.status() == 404);
  }

  /** Removes a machine and waits until it is gone. */
  void removed(Answer machine) {
    String url = machine.need("id");
    assertThat(consumer.delete(url).status()).isIn(200, 202);
    gone(url);
  }
}
