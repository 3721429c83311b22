package io.meltemi.connector.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Shows that the contract bites: every wrong turns exactly its own behaviours red. */
class SpoiledCloudsTest {
  private static final Path ROWS = Path.of("src/test/resources/spoiled.txt");
  static final List<Spoil> SPOILS = Spoils.ALL;

  @ParameterizedTest
  @FieldSource("SPOILS")
  void aSpoiledCloudTurnsExactlyItsRowsRed(Spoil spoil) throws IOException {
    assertThat(red(spoil)).isEqualTo(rows().get(spoil.name()));
  }

  @Test
  void aCloudThatDoesRightTurnsNothingRed() {
    assertThat(red(Spoils.NONE)).isEmpty();
  }

  @Test
  void everyBehaviourIsTurnedRedBySomeSpoil() throws IOException {
    assertThat(rows().values().stream().flatMap(SortedSet::stream).distinct())
        .containsExactlyInAnyOrderElementsOf(all());
  }

  private static SortedSet<String> all() {
    return Arrays.stream(SpoiledContract.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of the behaviours that turn red, by spoil. */
  private static Map<String, SortedSet<String>> rows() throws IOException {
    Map<String, SortedSet<String>> rows = new TreeMap<>();
    for (String line : Files.readAllLines(ROWS)) {
      String[] parts = line.split(": ", 2);
      rows.put(parts[0], new TreeSet<>(List.of(parts[1].split(" "))));
    }
    return rows;
  }

  private static SortedSet<String> red(Spoil spoil) {
    SortedSet<String> red = new TreeSet<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(SpoiledContract.class))
            .configurationParameter(SpoiledContract.SPOIL, spoil.name())
            .build();
    LauncherFactory.create().execute(request, new Reds(red));
    return red;
  }

  private record Reds(SortedSet<String> names) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
        names.add(test.getDisplayName().replace("()", ""));
      }
    }
  }
}
