package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Images that are discovered, registered and captured (DSP0263 2.0.0, 5.14.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void anImageThatWasDiscoveredTellsItsSourceAndAge(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer registered = talk.made("machineImages", image("http://images.example/one"));
    Answer ready = talk.ready();
    Answer taken =
        talk.consumer()
            .post(ready.needOperation(dialect.action("capture")), image(ready.need("id")));
    Answer captured = talk.awaited(taken.header("Location").orElseThrow(), "AVAILABLE");
    List<Answer> found = from(talk, "script of ground");
    assertThat(found).extracting(each -> each.need("name")).containsExactly("debian");
    Answer debian = talk.get(found.getFirst().need("id"));
    assertThat(debian.need("source")).isEqualTo("script of ground");
    assertThat(debian.need("observed")).endsWith("Z");
    assertThat(debian.need("confidence")).isEqualTo("CONFIRMED");
    for (Answer other : List.of(registered, captured)) {
      assertThat(other.members()).doesNotContain("source", "observed", "confidence");
      talk.removed(other);
    }
  }

  private static Body image(String location) {
    return Body.of("MachineImage")
        .with("name", "no provider's own")
        .with("type", "IMAGE")
        .with("imageLocation", location);
  }

  private static List<Answer> from(Talk talk, String source) {
    return talk.asked(talk.href("machineImages"), "$filter", "source='" + source + "'").items();
  }
}
