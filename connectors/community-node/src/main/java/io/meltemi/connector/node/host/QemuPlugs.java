package io.meltemi.connector.node.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Volumes at a running guest. The drives are those of QEMU's command line and monitor, for only
 * such a drive can be taken from a guest that does not let go of it.
 */
final class QemuPlugs implements GuestKind.Plugs {
  private final Qmp qmp;

  QemuPlugs(Qmp qmp) {
    this.qmp = qmp;
  }

  @Override
  public Set<Integer> taken() {
    JsonNode blocks = execute("query-block", Map.of());
    Set<Integer> taken = new TreeSet<>();
    for (int slot : Plug.slots()) {
      Plug plug = new Plug("", slot);
      for (JsonNode block : blocks) {
        if (isDrive(block, plug) || hasDevice(block, plug)) {
          taken.add(slot);
        }
      }
    }
    return taken;
  }

  private static boolean isDrive(JsonNode block, Plug plug) {
    return block.path("device").asText().equals(plug.drive());
  }

  private static boolean hasDevice(JsonNode block, Plug plug) {
    return block.path("qdev").asText().contains("/" + plug.device() + "/");
  }

  /** The drive of the plug; a slot that holds another volume is an error. */
  private Optional<JsonNode> drive(Plug plug) {
    for (JsonNode block : execute("query-block", Map.of())) {
      if (isDrive(block, plug)) {
        if (!block.path("inserted").path("file").asText().equals(Plug.file(plug.volume()))) {
          throw new HostException("slot " + plug.slot() + " holds another volume");
        }
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  @Override
  public void plug(Plug plug) {
    Optional<JsonNode> drive = drive(plug);
    if (drive.isEmpty()) {
      monitor("drive_add 0 " + plug.driveOptions(), "OK");
    }
    if (drive.filter(found -> hasDevice(found, plug)).isEmpty()) {
      execute(
          "device_add",
          Map.of(
              "driver",
              "virtio-blk-pci",
              "id",
              plug.device(),
              "drive",
              plug.drive(),
              "addr",
              plug.address(),
              "serial",
              plug.serial()));
    }
  }

  @Override
  public void ask(Plug plug) {
    Optional<JsonNode> drive = drive(plug);
    if (drive.filter(found -> hasDevice(found, plug)).isPresent()) {
      execute("device_del", Map.of("id", plug.device()));
    } else if (drive.isPresent()) {
      take(plug);
    }
  }

  @Override
  public void take(Plug plug) {
    if (holds(plug)) {
      monitor("drive_del " + plug.drive(), "");
    }
  }

  @Override
  public boolean holds(Plug plug) {
    return drive(plug).isPresent();
  }

  /** The monitor answers in words, also when it refuses. */
  private void monitor(String command, String expected) {
    String said = execute("human-monitor-command", Map.of("command-line", command)).asText();
    if (!said.strip().equals(expected)) {
      throw new HostException("qemu: " + said.strip());
    }
  }

  private JsonNode execute(String command, Map<String, Object> arguments) {
    try {
      return qmp.execute(command, arguments);
    } catch (IOException e) {
      throw new HostException(command + " failed", e);
    }
  }
}
