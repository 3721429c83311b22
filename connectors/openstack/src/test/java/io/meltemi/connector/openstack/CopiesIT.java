package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.Together;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Images that people take of what was made of ours: nova and cinder write our metadata on them.
 * Needs the OpenStack of dev/openstack, like the contract.
 */
@Together
class CopiesIT {
  private static final String THEIRS = "theirs";

  private final Lab lab = new Lab();
  private final Token token = new Token("kit-" + UUID.randomUUID());
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Connector connector =
      new OpenStackConnectorFactory()
          .open(
              lab.settings(),
              new Context("kit-5", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));

  @AfterEach
  void clear() {
    undo.forEach(Runnable::run);
    connector.images().find(token).forEach(connector.images()::delete);
    connector.machines().list().forEach(machine -> connector.machines().delete(machine.handle()));
    await(() -> connector.machines().list().isEmpty());
    connector.close();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(condition);
  }

  @Test
  void anImageOfAServerThatWasMadeOfOursStaysWhereItIs() {
    Handle image = captured(machine());
    String server =
        made(
            "server",
            "create",
            "--flavor",
            "m1.tiny",
            "--image",
            image.value(),
            "--network",
            "demo-net",
            THEIRS);
    becomes("ACTIVE", "server", server);
    outlives(image, made("server", "image", "create", "--name", THEIRS, server));
  }

  @Test
  void anImageOfOurServerThatWasRebuiltFromOursStaysWhereItIs() {
    Handle machine = machine();
    Handle image = captured(machine);
    lab.openstack("server", "rebuild", "--image", image.value(), machine.value());
    becomes("ACTIVE", "server", machine.value());
    outlives(image, made("server", "image", "create", "--name", THEIRS, machine.value()));
  }

  @Test
  void anImageOfAVolumeThatWasMadeOfOursStaysWhereItIs() {
    Handle image = captured(machine());
    String volume = made("volume", "create", "--image", image.value(), "--size", "1", THEIRS);
    becomes("available", "volume", volume);
    lab.openstack("image", "create", "--volume", volume, THEIRS);
    String copy = lab.openstack("image", "show", "-f", "value", "-c", "id", THEIRS).strip();
    undo.push(() -> lab.openstack("image", "delete", copy));
    outlives(image, copy);
    becomes("available", "volume", volume);
  }

  private Handle machine() {
    Handle machine =
        connector
            .machines()
            .create(
                Orders.plain("model", 1, 524288),
                new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID")),
                new Token("kit-" + UUID.randomUUID()));
    await(() -> connector.machines().read(machine).orElseThrow().state() == MachineState.STARTED);
    return machine;
  }

  private Handle captured(Handle machine) {
    Handle image = connector.machines().capture(machine, "portrait", token);
    await(() -> connector.images().read(image).orElseThrow().state() == Images.State.READY);
    return image;
  }

  /** Removed after the test; its id. */
  private String made(String... command) {
    List<String> asked = new ArrayList<>(List.of(command));
    asked.addAll(List.of("-f", "value", "-c", "id"));
    String id = lab.openstack(asked.toArray(String[]::new)).strip();
    String sort = command[1].equals("image") ? command[1] : command[0];
    undo.push(() -> lab.openstack(sort, "delete", id));
    return id;
  }

  private void becomes(String status, String sort, String id) {
    await(() ->
        lab.openstack(sort, "show", "-f", "value", "-c", "status", id).strip().equals(status));
  }

  private void outlives(Handle image, String copy) {
    becomes("active", "image", copy);
    assertThat(lab.openstack("image", "show", "-f", "json", copy)).contains(token.value());
    assertThat(connector.images().find(token)).containsExactly(image);
    connector.images().delete(image);
    await(() -> connector.images().read(image).isEmpty());
    assertThat(connector.images().find(token)).isEmpty();
    becomes("active", "image", copy);
  }
}
