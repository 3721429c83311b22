package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Needs the OpenStack of dev/openstack, like the contract. */
class LoginKeyIT {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f kit";

  private final Lab lab = new Lab();

  @Test
  void aLoginKeyIsLentForTheCreationAndTakenBack() {
    Token token = new Token("key-" + UUID.randomUUID());
    try (OpenStackRig rig = new OpenStackRig(lab);
        Connector connector = rig.open()) {
      Handle machine = connector.machines().create(withKey(rig.order("keyed")), rig.spot(), token);
      try {
        assertThat(
                lab.openstack("server", "show", "-f", "value", "-c", "key_name", machine.value()))
            .isEqualTo("meltemi-" + token.value());
        assertThat(lab.openstack("keypair", "list", "-f", "value", "-c", "Name"))
            .doesNotContain(token.value());
      } finally {
        connector.machines().delete(machine);
      }
    }
  }

  @Test
  void aKeyThatAKilledCreationLeftGoesWithItsMachine() throws IOException {
    Token token = new Token("key-" + UUID.randomUUID());
    Path file = Files.writeString(Files.createTempFile("key", ".pub"), KEY);
    try (OpenStackRig rig = new OpenStackRig(lab);
        Connector connector = rig.open()) {
      Handle machine = connector.machines().create(rig.order("left"), rig.spot(), token);
      lab.openstack(
          "keypair", "create", "--public-key", file.toString(), "meltemi-" + token.value());
      connector.machines().delete(machine);
      assertThat(lab.openstack("keypair", "list", "-f", "value", "-c", "Name"))
          .doesNotContain(token.value());
    } finally {
      Files.delete(file);
    }
  }

  private static MachineOrder withKey(MachineOrder order) {
    return new MachineOrder(
        order.name(),
        order.cpu(),
        order.memoryKibibytes(),
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        order.image(),
        order.imageName(),
        Optional.empty(),
        Optional.of(new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.of(KEY))),
        List.of(),
        order.initialState(),
        order.terms());
  }
}
