package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import org.junit.jupiter.api.Test;

/** Images made of machines. */
interface CaptureBehaviours extends Behaviours {
  @Test
  default void aCaptureIsFoundByItsTokenAndBecomesReady() {
    bench().needs(Capability.CAPTURE);
    Token token = bench().token();
    Handle image = bench().machines().capture(bench().started("model"), "portrait", token);
    assertThat(bench().images().find(token)).containsExactly(image);
    ready(image);
    assertThat(bench().images().list()).containsOnlyOnce(new Marked(image, token));
  }

  @Test
  default void aReadyCaptureIsListedByDiscoveryAndBoots() {
    bench().needs(Capability.CAPTURE);
    bench().needsMachines(2);
    Handle image =
        bench().machines().capture(bench().started("model"), "portrait", bench().token());
    String id = ready(image).imageId();
    bench().await("the image among the discovered", () -> listed(id));
    Spot spot = bench().rig().spot();
    Handle copy =
        bench()
            .machines()
            .create(
                bench().rig().order("copy"),
                new Spot(spot.location(), spot.size(), id),
                bench().token());
    bench().started(copy);
  }

  @Test
  default void capturingKeepsTheMachine() {
    bench().needs(Capability.CAPTURE);
    Handle machine = bench().started("model");
    ready(bench().machines().capture(machine, "portrait", bench().token()));
    bench().reaches(machine, MachineState.STARTED);
  }

  @Test
  default void aCaptureIsNoMachineAndAMachineNoImage() {
    bench().needs(Capability.CAPTURE);
    Token ofMachine = bench().token();
    Token ofImage = bench().token();
    Handle machine = bench().create(bench().rig().order("model"), ofMachine);
    bench().started(machine);
    ready(bench().machines().capture(machine, "portrait", ofImage));
    assertThat(bench().machines().find(ofImage)).isEmpty();
    assertThat(bench().images().find(ofMachine)).isEmpty();
  }

  @Test
  default void findingAnImageByAnUnknownTokenIsEmpty() {
    assertThat(bench().images().find(bench().token())).isEmpty();
  }

  @Test
  default void aDeletedImageIsGoneAndCanBeDeletedAgain() {
    bench().needs(Capability.CAPTURE);
    Token token = bench().token();
    Handle image = bench().machines().capture(bench().started("model"), "portrait", token);
    String id = ready(image).imageId();
    bench().images().delete(image);
    bench().await("the end of the image", () -> bench().images().read(image).isEmpty());
    assertThat(bench().images().find(token)).isEmpty();
    assertThat(listed(id)).isFalse();
    assertThatCode(() -> bench().images().delete(image)).doesNotThrowAnyException();
  }

  private boolean listed(String id) {
    return bench().connector().discover().images().stream()
        .map(Inventory.Image::id)
        .anyMatch(id::equals);
  }

  private Images.Captured ready(Handle image) {
    bench()
        .await(
            "a ready image",
            () ->
                bench()
                    .images()
                    .read(image)
                    .filter(captured -> captured.state() == Images.State.READY)
                    .isPresent());
    return bench().images().read(image).orElseThrow();
  }
}
