package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which flavors are offered, and what images ask of them. */
@SuppressWarnings("NullAway.Init")
class SizesTest {
  private static final String FLAVORS =
      """
      {"flavors": [
        {"id": "1", "name": "tiny", "ram": 512, "vcpus": 1, "disk": 1, "links": []},
        {"id": "2", "name": "on-volumes", "ram": 512, "vcpus": 1, "disk": 0, "links": []}]}
      """;

  /** The last is of a server that stood on a volume. */
  private static final String IMAGES =
      """
      {"images": [
        {"id": "small", "name": "small", "status": "ACTIVE", "minDisk": 0, "minRam": 0,
          "OS-EXT-IMG-SIZE:size": 1048576, "metadata": {}},
        {"id": "large", "name": "large", "status": "ACTIVE", "minDisk": 1, "minRam": 64,
          "OS-EXT-IMG-SIZE:size": 1073741825, "metadata": {}},
        {"id": "roomy", "name": "roomy", "status": "ACTIVE", "minDisk": 20, "minRam": 0,
          "OS-EXT-IMG-SIZE:size": 1073741825, "metadata": {"os_distro": "debian"}},
        {"id": "saving", "name": "saving", "status": "SAVING", "minDisk": 0, "minRam": 0,
          "OS-EXT-IMG-SIZE:size": null, "metadata": {}},
        {"id": "backed", "name": null, "status": "ACTIVE", "minDisk": 0, "minRam": 0,
          "OS-EXT-IMG-SIZE:size": 0, "metadata": {"bdm_v2": "True",
            "block_device_mapping": [{"boot_index": 0, "delete_on_termination": true}]}}]}
      """;

  private final Impostor impostor = new Impostor();
  private Connector connector;

  @BeforeEach
  void open() throws IOException {
    int nova =
        impostor.server(exchange -> {
          String path = exchange.getRequestURI().getPath();
          Impostor.answer(exchange, 200, shown(path).getBytes(StandardCharsets.UTF_8));
        });
    int keystone = impostor.keystone(nova);
    connector = Impostor.open(keystone, keystone, nova);
  }

  private static String shown(String path) {
    return switch (path.substring("/v2.1".length())) {
      case "/flavors/detail" -> FLAVORS;
      case "/images/detail" -> IMAGES;
      case "/images/backed" ->
          IMAGES.replaceAll("(?s).*(\\{\"id\": \"backed\".*)]}", "{\"image\": $1}");
      default -> Impostor.empty(path);
    };
  }

  @AfterEach
  void close() {
    connector.close();
    impostor.close();
  }

  @Test
  void aFlavorWithoutADiskIsNotOffered() {
    assertThat(connector.discover().sizes())
        .extracting(Inventory.Size::name)
        .containsExactly("tiny");
  }

  /** Nova takes what is stored of an image for its size. */
  @Test
  void anImageWantsADiskThatHoldsIt() {
    Map<String, Long> least =
        connector.discover().images().stream()
            .collect(Collectors.toMap(Inventory.Image::id, Inventory.Image::leastDiskKilobytes));
    assertThat(least)
        .containsOnly(
            entry("small", Gibibytes.inKilobytes(1)),
            entry("large", Gibibytes.inKilobytes(2)),
            entry("roomy", Gibibytes.inKilobytes(20)),
            entry("backed", 0L));
  }

  @Test
  void anImageOfAServerThatStoodOnAVolumeCanBeRead() {
    assertThat(connector.images().read(new Handle("backed")).orElseThrow().state())
        .isEqualTo(Images.State.READY);
  }
}
