package io.meltemi.webapp.story;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoriesTest {
  private final Stage stage = new Stage();

  StoriesTest() throws IOException, InterruptedException {}

  static Stream<Story> stories() {
    return Stream.of("bad-input.yaml", "reading.yaml").flatMap(file -> Story.read(file).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void tell(Story story) throws IOException, InterruptedException {
    stage.teller().tell(story.filled(stage.names()), stage.machine());
  }

  @AfterAll
  void close() {
    stage.close();
  }
}
