package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scenarios that make machines, on a broker that runs elsewhere and makes real ones: its URL
 * stands in the property {@code meltemi.url}. Versions and formats alternate, so that each scenario
 * is walked in both.
 */
@EnabledIfSystemProperty(named = "meltemi.url", matches = "http.*")
class LiveBrokerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the broker promises about a guest that died. */
  private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(2);

  /** A node gives any size as it is asked. */
  private static final TravellingOrder.Carried CARRIED =
      new TravellingOrder.Carried(
          List.of(
              "cpu EXACT: 1 CPUs, 1 CPUs, +0",
              "memory EXACT: 200000 KiB, 200000 KiB, +0",
              "disks EXACT: 1200000 kB, 1200000 kB, +0",
              "name EXACT: NAME, NAME, +0",
              "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
              "image EXACT: Meltemi tiny Linux, Meltemi tiny Linux, +0",
              "userData EXACT: given, given, +0",
              "publicKey EXACT: given, given, +0",
              "userName DROPPED: anna, nothing, +0",
              "initialState EXACT: STARTED, STARTED, +0",
              "volumeTemplates EXACT: NAME-volume1, NAME-volume1, +0",
              "initialLocation DROPPED: /dev/sdf, nothing, +0",
              "network EXACT: NETWORK, NETWORK, +0",
              "floatingAddress DROPPED: true, nothing, +0",
              "disks[0].format DROPPED: ext4, nothing, +0",
              "disks[0].initialLocation DROPPED: /dev/sdb, nothing, +0"),
          List.of(
              "capacity EXACT: 1600000 kB, 1600000 kB, +0",
              "name EXACT: NAME-volume1, NAME-volume1, +0",
              TravellingOrder.TYPE,
              "format DROPPED: ext4, nothing, +0"));

  private final URI server = URI.create(System.getProperty("meltemi.url", "http://nowhere/"));
  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest(name = "IS-2, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void aMachineFromImageAndConfiguration(int version, boolean xml) {
    scenarios(version, xml).createFromImageAndConfiguration();
  }

  @ParameterizedTest(name = "IS-3, CIMI {0}, XML {1}")
  @CsvSource({"1,false", "2,true"})
  void aMachineFromAStoredTemplate(int version, boolean xml) {
    scenarios(version, xml).createFromTemplate();
  }

  @ParameterizedTest(name = "IS-4, CIMI {0}, XML {1}")
  @CsvSource({"1,false", "1,true", "2,false", "2,true"})
  void volumesAreMadeAttachedAndDetached(int version, boolean xml) {
    scenarios(version, xml).volumes(true);
  }

  @ParameterizedTest(name = "the order for every provider, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void anOrderForEveryProviderIsCarriedAsItIsTold(int version, boolean xml) {
    scenarios(version, xml).travel(CARRIED);
  }

  @ParameterizedTest(name = "the network of a node, CIMI {0}, XML {1}")
  @CsvSource({"1,false", "1,true", "2,false", "2,true"})
  void aMachineIsInTheNetworkOfItsNode(int version, boolean xml) {
    scenarios(version, xml).network();
  }

  @ParameterizedTest(name = "IS-5, CIMI {0}, XML {1}")
  @CsvSource({"1,false", "2,true"})
  void aMachineIsManipulated(int version, boolean xml) {
    scenarios(version, xml).manipulate();
  }

  @ParameterizedTest(name = "IS-6, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void aMachineIsCaptured(int version, boolean xml) {
    scenarios(version, xml).capture();
  }

  @ParameterizedTest(name = "IS-7, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void aMachineIsRestarted(int version, boolean xml) {
    scenarios(version, xml).restart();
  }

  @ParameterizedTest(name = "IS-8, CIMI {0}, XML {1}")
  @CsvSource({"1,false", "2,true"})
  void userDataAreReadInsideTheGuest(int version, boolean xml) {
    scenarios(version, xml).userData();
  }

  @ParameterizedTest(name = "IS-12, CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  void everyInitialStateIsReached(int version, boolean xml) {
    scenarios(version, xml).initialStates();
  }

  @Test
  void theStateFollowsAGuestThatWasKilled() {
    Consumer consumer = consumer(new Dialect(2, false));
    Scenarios scenarios = scenarios(2, false);
    Answer machine = scenarios.started("killed");
    List<ProcessHandle> guests = guests();
    assertThat(guests).as("processes of the one guest").isNotEmpty();

    guests.forEach(ProcessHandle::destroyForcibly);

    await()
        .atMost(FOLLOWS_WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !consumer.get(machine.need("id")).need("state").equals("STARTED"));
    assertThat(events(consumer, machine)).contains("\"type\":\"state\"", "\"before\":\"STARTED\"");
    scenarios.cleanUp(machine);
  }

  /** The processors of the guests that run below the broker's data folder. */
  private static List<ProcessHandle> guests() {
    String folder = System.getProperty("meltemi.data");
    return ProcessHandle.allProcesses()
        .filter(each ->
            each.info()
                .commandLine()
                .filter(line -> line.contains("qemu-system") && line.contains(folder))
                .isPresent())
        .toList();
  }

  private String events(Consumer consumer, Answer machine) {
    String id = machine.need("id");
    String path = id.substring(id.indexOf("/machines/") + 1);
    String filter = "resource='" + path + "' and type='state'";
    String url = server.resolve("/broker/1/events") + "?$filter=" + filter.replace(" ", "%20");
    return consumer.get(url.replace("'", "%27")).raw();
  }

  private Scenarios scenarios(int version, boolean xml) {
    return new Scenarios(
        consumer(new Dialect(version, xml)), PATIENCE, machine -> Optional.of(userData(machine)));
  }

  private Consumer consumer(Dialect dialect) {
    String user = System.getProperty("meltemi.user", "");
    String authorization = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    return new Consumer(server, authorization, dialect);
  }

  /** The scenario's user data lay themselves out where the guest's web server shows them. */
  private String userData(Answer machine) {
    Answer shown = consumer(new Dialect(1, false)).get(inJson(machine));
    URI endpoint =
        shown.entries("endpoints", "endpoint").stream()
            .filter(each -> each.need("guestPort").equals("80"))
            .map(each -> "http://" + each.need("host") + ":" + each.need("port") + "/user-data")
            .map(URI::create)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no endpoint in " + shown.raw()));
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> fetched(endpoint), Optional::isPresent)
        .orElseThrow();
  }

  private static String inJson(Answer machine) {
    return machine.need("id").replace("/cimi/2/", "/cimi/1/");
  }

  private Optional<String> fetched(URI uri) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(answer).filter(each -> each.statusCode() == 200).map(HttpResponse::body);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
