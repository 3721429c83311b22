package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Store;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedNetwork;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Networks from order to end, whatever their provider answers. */
class NetworkLifeTest {
  private static final CloudScript CLOUD = Clouds.connected("alpha");

  @Test
  void aNetworkIsMadeOnceAndRemoved() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String network = scene.network("blue");
      assertThat(scene.state(network)).isEqualTo("STARTED");
      assertThat(scene.networksAtProviders())
          .extracting(ScriptedNetwork::subnet)
          .containsExactly(Optional.of("10.77.0.0/24"));
      assertThat(scene.ended(scene.deleteNetwork(network)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(network)).isEqualTo("gone");
      assertThat(scene.networksAtProviders()).isEmpty();
    }
  }

  @Test
  void aNetworkIsAtOnceOfferedToMachinesAndRefusedItsEndWhileOneIsIn() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String network = scene.network("blue");
      scene.shop().catalog().catchUp();
      assertThat(offered(scene)).anyMatch(offer -> knows(offer, network));
      MachineOrder order =
          scene
              .machineOrder("web", MachineState.STARTED)
              .in(List.of(new Nic(network, "blue", "alpha")));
      Scene.Ordered machine = scene.order(order);
      assertThat(scene.ended(machine.job()).state()).isEqualTo("SUCCESS");
      String id = scene.networksAtProviders().getFirst().id();
      assertThat(scene.cloud("alpha").everything().getFirst().request().networks())
          .containsExactly(id);
      var delete = scene.ended(scene.deleteNetwork(network));
      assertThat(delete.state()).isEqualTo("FAILED");
      assertThat(delete.document().path("statusMessage").asText()).contains("is in network " + id);
      assertThat(scene.state(network)).isEqualTo("STARTED");
      scene.ended(scene.delete(machine.machine()));
      assertThat(scene.ended(scene.deleteNetwork(network)).state()).isEqualTo("SUCCESS");
      await().until(() -> offered(scene).stream().noneMatch(each -> knows(each, network)));
    }
  }

  private static List<Offer> offered(Scene scene) {
    return scene.shop().catalog().offers(Scene.TENANT).offers();
  }

  private static boolean knows(Offer offer, String network) {
    return offer.networks().containsKey(network);
  }

  @Test
  void aLostAnswerIsFoundAndNotOrderedAgain() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.loseAnswer("createNetwork"));
      assertThat(scene.state(scene.network("blue"))).isEqualTo("STARTED");
      assertThat(scene.networksAtProviders()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatComesTrueAfterAllIsSwept() {
    try (Scene scene = new Scene(CLOUD, Clouds.connected("beta")).start()) {
      scene.cloud("alpha").plan(Mishap.late("createNetwork", Duration.ofSeconds(30)));
      Scene.Ordered order = scene.orderNetwork("blue");
      await()
          .until(() -> {
            scene.clock.forward(Duration.ofSeconds(1));
            return scene.state(order.job()).equals("SUCCESS");
          });
      assertThat(scene.read(order.machine()).inner().path("placed").path("account").asText())
          .isEqualTo("beta");
      scene.clock.forward(Duration.ofSeconds(40));
      await()
          .until(() -> {
            scene.clock.forward(Duration.ofSeconds(1));
            return scene.cloud("alpha").everyNetwork().isEmpty()
                && !scene.events("orphan.removed").isEmpty();
          });
      assertThat(scene.networksAtProviders()).hasSize(1);
    }
  }

  @Test
  void aPlaceThatRefusesIsLeftForTheNext() {
    try (Scene scene = new Scene(CLOUD, Clouds.connected("beta")).start()) {
      scene.cloud("alpha").failNext("createNetwork", Fault.QUOTA);
      String network = scene.network("blue");
      assertThat(scene.read(network).inner().path("placed").path("account").asText())
          .isEqualTo("beta");
      assertThat(scene.cloud("alpha").everyNetwork()).isEmpty();
    }
  }

  @Test
  void aNetworkThatFailsToBuildLeavesNothingBehindAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene
          .cloud("alpha")
          .plan(
              new Mishap(
                  "createNetwork", 0, OptionalInt.of(2), new Mishap.EndBadly("the wire broke")));
      String network = scene.network("blue");
      assertThat(scene.state(network)).isEqualTo("ERROR");
      assertThat(scene.read(network).inner().path("reason").asText()).contains("the wire broke");
      await().until(() -> scene.networksAtProviders().isEmpty());
    }
  }

  @Test
  void aNetworkThatVanishedIsInErrorAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String network = scene.network("blue");
      scene.cloud("alpha").vanish(scene.networksAtProviders().getFirst().id());
      scene.becomes(network, "ERROR");
      assertThat(scene.store.events(Store.EVERYBODY, 0, 10_000))
          .anyMatch(event ->
              event.type().equals("drift")
                  && event
                      .content()
                      .path("message")
                      .asText()
                      .contains("no longer has the network"));
    }
  }
}
