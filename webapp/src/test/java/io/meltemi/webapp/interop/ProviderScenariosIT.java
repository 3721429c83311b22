package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios IS-2 to 7, and the order for every provider, on the one account of a running
 * broker, in every version and format. dev/interop starts such a broker.
 */
@EnabledIfSystemProperty(named = "meltemi.provider", matches = "http.*")
class ProviderScenariosIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static Stream<Dialect> dialects() {
    return Stream.of(
        new Dialect(1, false), new Dialect(1, true), new Dialect(2, false), new Dialect(2, true));
  }

  @ParameterizedTest(name = "IS-2, {0}")
  @MethodSource("dialects")
  void aMachineFromImageAndConfiguration(Dialect dialect) {
    scenarios(dialect).createFromImageAndConfiguration();
  }

  @ParameterizedTest(name = "IS-3, {0}")
  @MethodSource("dialects")
  void aMachineFromAStoredTemplate(Dialect dialect) {
    scenarios(dialect).createFromTemplate();
  }

  @ParameterizedTest(name = "IS-4, {0}")
  @MethodSource("dialects")
  void volumesAreMadeAttachedAndDetached(Dialect dialect) {
    boolean told = consumer(dialect).get("/broker/1/locations").body().contains("VOLUME_SNAPSHOT");
    assertThat(told).as("discovery tells of snapshots").isEqualTo(provider().snapshots());
    scenarios(dialect).volumes(told);
  }

  @ParameterizedTest(name = "the order for every provider, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void anOrderForEveryProviderIsCarriedAsItIsTold(int version, boolean xml) {
    scenarios(new Dialect(version, xml)).travel(provider().carried());
  }

  @ParameterizedTest(name = "IS-5, {0}")
  @MethodSource("dialects")
  void aMachineIsManipulated(Dialect dialect) {
    scenarios(dialect).manipulate();
  }

  @ParameterizedTest(name = "IS-6, {0}")
  @MethodSource("dialects")
  void aMachineIsCaptured(Dialect dialect) {
    scenarios(dialect).capture();
  }

  @ParameterizedTest(name = "IS-7, {0}")
  @MethodSource("dialects")
  void aMachineIsRestarted(Dialect dialect) {
    scenarios(dialect).restart();
  }

  private static RealProvider provider() {
    return RealProvider.of(System.getProperty("meltemi.connector", ""));
  }

  private static Scenarios scenarios(Dialect dialect) {
    return new Scenarios(consumer(dialect), PATIENCE, machine -> Optional.empty());
  }

  private static Consumer consumer(Dialect dialect) {
    String user = System.getProperty("meltemi.user", "");
    String authorization = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    URI server = URI.create(System.getProperty("meltemi.provider", "http://nowhere/"));
    return new Consumer(server, authorization, dialect);
  }
}
