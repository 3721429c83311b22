package io.meltemi.webapp.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoriesTest {
  private final Stage stage = new Stage();
  private final FailureLog log = new FailureLog();

  StoriesTest() throws IOException, InterruptedException {}

  static Stream<Story> stories() {
    return Stream.of("bad-input.yaml", "reading.yaml")
        .flatMap(file -> Story.read(file).stream())
        .flatMap(story -> Stream.concat(Stream.of(story), story.answeredInXml().stream()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void tell(Story story) throws IOException, InterruptedException {
    Map<String, Long> before = stage.book();
    long event = stage.lastEvent();
    String said = log.told();
    stage.teller().tell(story.filled(stage.names()), stage.machine());
    if (story.isRefused()) {
      assertThat(stage.book()).isEqualTo(before);
      assertThat(stage.lastEvent()).as("newest event").isEqualTo(event);
      assertThat(log.told()).as("logged as a failure of ours").isEqualTo(said);
    }
  }

  @AfterAll
  void close() {
    stage.close();
    log.close();
  }
}
