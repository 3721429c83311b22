package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Images that providers have, and those that people register (DSP0263 2.0.0, 5.14.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void anImageThatAProviderHasTellsItsSourceAndAge(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body body =
        Body.of("MachineImage")
            .with("name", "registered")
            .with("type", "IMAGE")
            .with("imageLocation", "http://images.example/one");
    Answer registered = talk.made("machineImages", body);
    List<Answer> found = from(talk, "script of ground");
    assertThat(found).extracting(each -> each.need("name")).containsExactly("debian");
    Answer debian = talk.get(found.getFirst().need("id"));
    assertThat(debian.need("source")).isEqualTo("script of ground");
    assertThat(debian.need("observed")).endsWith("Z");
    assertThat(debian.need("confidence")).isEqualTo("CONFIRMED");
    assertThat(registered.members()).doesNotContain("source", "observed", "confidence");
    assertThat(talk.consumer().delete(registered.need("id")).status()).isEqualTo(200);
  }

  private static List<Answer> from(Talk talk, String source) {
    return talk.asked(talk.href("machineImages"), "$filter", "source='" + source + "'").items();
  }
}
