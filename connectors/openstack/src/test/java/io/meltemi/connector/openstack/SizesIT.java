package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flavors that are too small for an image, as nova sees it. Needs the OpenStack of dev/openstack,
 * like the contract.
 */
class SizesIT {
  /** Of the flavor m1.tiny, in bytes. */
  private static final long DISK = 1L << 30;

  private final Lab lab = new Lab();
  private final String name = "kit-" + UUID.randomUUID();
  private final Token token = new Token(name);
  private final Connector connector =
      new OpenStackConnectorFactory()
          .open(
              lab.settings(),
              new Context("kit-8", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));

  @AfterEach
  void close() {
    connector.machines().find(token).forEach(connector.machines()::delete);
    connector.close();
  }

  private ConnectorException refused(String flavor, String image) {
    return catchThrowableOfType(
        ConnectorException.class,
        () ->
            connector
                .machines()
                .create(
                    Orders.plain("refused", 1, 524288),
                    new Spot("az1", Optional.of(flavor), image),
                    token));
  }

  @Test
  void aFlavorWithoutADiskIsNotOfferedAndItsRefusalLeavesOtherOffers() {
    lab.asAdmin("flavor", "create", "--id", name, "--ram", "512", "--disk", "0", name);
    try {
      assertThat(connector.discover().sizes())
          .extracting(Inventory.Size::name)
          .contains("m1.tiny")
          .doesNotContain(name);
      ConnectorException refused = refused(name, lab.value("LAB_IMAGE_ID"));
      assertThat(refused.reason()).contains("Only volume-backed servers are allowed");
      assertThat(refused.fault()).isEqualTo(Fault.UNSUPPORTED);
    } finally {
      lab.asAdmin("flavor", "delete", name);
    }
  }

  @Test
  void anImageAsksForADiskThatHoldsItAndTheRefusalOfASmallerLeavesOtherOffers(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("image");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(DISK + 1);
    }
    String image =
        lab.openstack(
            "image",
            "create",
            "--file",
            file.toString(),
            "--disk-format",
            "raw",
            "--container-format",
            "bare",
            "-f",
            "value",
            "-c",
            "id",
            name);
    try {
      assertThat(connector.discover().images())
          .filteredOn(found -> found.id().equals(image))
          .extracting(Inventory.Image::leastDiskKilobytes)
          .containsExactly(Gibibytes.inKilobytes(2));
      ConnectorException refused = refused("1", image);
      assertThat(refused.reason()).contains("too small for requested image");
      assertThat(refused.fault()).isEqualTo(Fault.UNSUPPORTED);
    } finally {
      lab.openstack("image", "delete", image);
    }
  }
}
