package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Catalogues of clouds with several regions, each with services of its own. */
class RegionsTest {
  private final Impostor impostor = new Impostor();
  private final Queue<String> northHeard = new ConcurrentLinkedQueue<>();
  private final Queue<String> southHeard = new ConcurrentLinkedQueue<>();
  private final Queue<String> insideHeard = new ConcurrentLinkedQueue<>();
  private int north;
  private int south;
  private int inside;

  @BeforeEach
  void start() throws IOException {
    north = impostor.server(exchange -> answer(exchange, northHeard));
    south = impostor.server(exchange -> answer(exchange, southHeard));
    inside = impostor.server(exchange -> answer(exchange, insideHeard));
  }

  @AfterEach
  void close() {
    impostor.close();
  }

  private static void answer(HttpExchange exchange, Queue<String> heard) throws IOException {
    String path = exchange.getRequestURI().getPath();
    heard.add(path);
    Impostor.answer(exchange, 200, Impostor.empty(path).getBytes(StandardCharsets.UTF_8));
  }

  /** All services of a region; those that are not for us come first. */
  private List<String> region(String name, int port) {
    List<String> services = new ArrayList<>();
    for (String audience : List.of("admin", "internal", "public")) {
      int at = audience.equals("public") ? port : inside;
      Map.of("compute", "v2.1", "volumev3", "v3", "network", "")
          .forEach((type, path) ->
              services.add(
                  Impostor.service(type, audience, name, "http://127.0.0.1:" + at + "/" + path)));
    }
    return services;
  }

  private int keystone(List<String> north, List<String> south) throws IOException {
    List<String> all = new ArrayList<>(north);
    all.addAll(south);
    return impostor.keystoneListing(all.toArray(String[]::new));
  }

  private Connector open(int keystone, Map<String, String> region) {
    Map<String, String> settings = new HashMap<>(region);
    settings.putAll(Map.of("user", "demo", "password", "word", "project", "demo"));
    return Impostor.open(settings, keystone, keystone, north, south, inside);
  }

  private ConnectorException refused(int keystone, Map<String, String> region) {
    try (Connector connector = open(keystone, region)) {
      return catchThrowableOfType(ConnectorException.class, connector::discover);
    }
  }

  @Test
  void onlyTheServicesOfTheRegionThatIsGivenAreAsked() throws IOException {
    int keystone = keystone(region("north", north), region("south", south));
    try (Connector connector = open(keystone, Map.of("region", "south"))) {
      assertThat(connector.discover().source()).isEqualTo("nova 2.1 in south");
      assertThat(connector.volumes().find(new Token("t"))).isEmpty();
    }
    assertThat(southHeard)
        .contains("/v2.1/limits", "/v2.0/networks", "/v3/limits", "/v3/volumes/detail");
    assertThat(northHeard).isEmpty();
    assertThat(insideHeard).isEmpty();
  }

  @Test
  void noneOfSeveralIsTakenUnasked() throws IOException {
    ConnectorException failure =
        refused(keystone(region("south", south), region("north", north)), Map.of());
    assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
    assertThat(failure.reason())
        .isEqualTo(
            "region must be given, for the catalogue has several with a compute service: north,"
                + " south");
    assertThat(northHeard).isEmpty();
    assertThat(southHeard).isEmpty();
  }

  /** Where machines can be made for us there alone. */
  @Test
  void theOnlyRegionWithAPublicComputeServiceNeedsNoName() throws IOException {
    String address = "http://127.0.0.1:" + north + "/";
    List<String> others =
        List.of(
            Impostor.service("network", "public", "north", address),
            Impostor.service("compute", "internal", "north", address + "v2.1"));
    try (Connector connector = open(keystone(others, region("south", south)), Map.of())) {
      assertThat(connector.discover().source()).isEqualTo("nova 2.1 in south");
    }
    assertThat(northHeard).isEmpty();
  }

  @Test
  void aCloudWithoutRegionsIsOne() throws IOException {
    List<String> services =
        region("nowhere", south).stream().map(each -> each.replace("\"nowhere\"", "null")).toList();
    try (Connector connector = open(keystone(services, List.of()), Map.of())) {
      assertThat(connector.discover().places()).isEmpty();
      assertThat(connector.volumes().find(new Token("t"))).isEmpty();
    }
    assertThat(southHeard).contains("/v2.1/limits", "/v3/volumes/detail");
    assertThat(insideHeard).isEmpty();
  }

  @Test
  void aRegionThatTheCatalogueDoesNotHaveIsToldWithThoseThatItHas() throws IOException {
    ConnectorException failure =
        refused(keystone(region("north", north), region("south", south)), Map.of("region", "west"));
    assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
    assertThat(failure.reason())
        .isEqualTo("the catalogue has no compute service in the region west, but in north, south");
  }

  @Test
  void aCatalogueWithoutComputeIsToldAsSuch() throws IOException {
    String network =
        Impostor.service("network", "public", "north", "http://127.0.0.1:" + north + "/");
    for (List<String> services : List.of(List.of(network), List.<String>of())) {
      ConnectorException failure = refused(keystone(services, List.of()), Map.of());
      assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
      assertThat(failure.reason()).isEqualTo("the catalogue has no compute service");
    }
  }
}
