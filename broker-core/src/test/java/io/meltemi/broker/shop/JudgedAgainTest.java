package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.broker.catalog.Network;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Nic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an offer gives may go between an order's decision and the day it is taken. */
class JudgedAgainTest {
  private static final String LAN =
      "networks: [{ id: lan, name: lan, open: true, subnets: [10.9.0.0/24], places: [%s] }]";
  private static final String IMAGES = "images: [{ id: debian, name: debian-12, places: [%s] }]";
  private static final String ALL = "n1, n2, n3";

  private static String script(String image, String lan, String suspending) {
    StringBuilder text = new StringBuilder("name: north\nplaces:\n");
    for (String place : ALL.split(", ")) {
      String able = suspending.contains(place) ? ", SUSPEND" : "";
      text.append("  - location: { id: %s, country: GR }%n".formatted(place))
          .append("    abilities: [START, STOP, FORCE_STOP, NETWORK_CHOICE%s]%n".formatted(able));
    }
    return text.append("sizes: [{ id: small, name: small, shape: { machines: 1, cpu: 1,")
        .append(" memoryKibibytes: 1048576, diskKilobytes: 10000000 } }]\n")
        .append(IMAGES.formatted(image) + "\n" + LAN.formatted(lan) + "\n")
        .toString();
  }

  private static Scene scene() {
    return new Scene(CloudScript.parse(script(ALL, ALL, ALL)));
  }

  /** Is to be suspended, in the network that the cloud had before anybody ordered. */
  private static MachineOrder machine(Scene scene) {
    Network lan = scene.shop().catalog().networks(Scene.TENANT).getFirst();
    return scene
        .machineOrder("web", MachineState.SUSPENDED)
        .in(List.of(new Nic(lan.path(), "lan", "north")));
  }

  /** The first place is full, and meanwhile the cloud has become another one. */
  private static Scene.Ordered ordered(Scene scene, String script) {
    Scene.Ordered ordered = scene.order(machine(scene));
    scene.cloud("north").failNext("create", Fault.CAPACITY);
    scene.cloud("north").script(script);
    scene.discover();
    scene.start();
    return ordered;
  }

  private static String message(Row job) {
    return job.document().path("statusMessage").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n1, n3 | n1, n2, n3 | n1, n2, n3 | image: wanted debian-12, now 0 other images",
        "n1, n2, n3 | n1, n3 | n1, n2, n3 | network: wanted lan of north, now no network",
        "n1, n2, n3 | n1, n2, n3 | n1, n3 | ability: wanted [SUSPEND], now "
      })
  void aPlaceThatNoLongerGivesWhatTheOrderNeedsIsPassedOver(
      String image, String lan, String suspending, String why) {
    try (Scene scene = scene()) {
      Scene.Ordered ordered = ordered(scene, script(image, lan, suspending));
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).as(message(job)).isEqualTo("SUCCESS");
      assertThat(message(job))
          .startsWith("SUSPENDED at north, n3; before: north: CAPACITY: ")
          .contains("north: UNSUPPORTED: does not fit any more: " + why);
      assertThat(scene.cloud("north").everything())
          .singleElement()
          .extracting(each -> each.request().networks())
          .isEqualTo(List.of("lan"));
    }
  }

  /** As when a provider's networks cannot be asked for. */
  @Test
  void aMachineLandsInNoOtherNetworkThanItsOrderNames() {
    try (Scene scene = scene()) {
      String bare = script(ALL, ALL, ALL).replaceAll("(?m)^networks:.*$", "");
      Scene.Ordered ordered = ordered(scene, bare);
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(message(job)).contains("network: wanted lan of north, now no network");
      assertThat(scene.state(ordered.machine())).isEqualTo("ERROR");
      assertThat(scene.machinesAtProviders()).isZero();
    }
  }

  /** Between decision and order too. */
  @Test
  void theFirstPlaceIsJudgedAgainLikeTheOthers() {
    try (Scene scene = scene()) {
      MachineOrder order = machine(scene);
      scene.cloud("north").script(script(ALL, "n2", ALL));
      scene.discover();
      Scene.Ordered ordered = scene.start().order(order);
      assertThat(message(scene.ended(ordered.job()))).isEqualTo("SUSPENDED at north, n2");
    }
  }

  @Test
  void aNetworkIsNotMadeWhereItsRangeCannotBeGivenAnyMore() {
    try (Scene scene =
        new Scene(Clouds.connected("alpha"), Clouds.connected("beta"), Clouds.connected("gamma"))) {
      Scene.Ordered ordered = scene.orderNetwork("blue");
      scene.cloud("alpha").failNext("createNetwork", Fault.QUOTA);
      scene
          .cloud("beta")
          .script(Clouds.text("beta", "").replace("[START,", "[NETWORK_CREATE, START,"));
      scene.discover();
      Row job = scene.start().ended(ordered.job());
      assertThat(message(job)).startsWith("STARTED at gamma");
      assertThat(scene.cloud("beta").everyNetwork()).isEmpty();
    }
  }
}
