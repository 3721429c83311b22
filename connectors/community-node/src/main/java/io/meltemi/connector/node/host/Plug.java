package io.meltemi.connector.node.host;

import io.meltemi.connector.node.WantedMachine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A volume in a slot of a machine's bus. The slot lies above those that a machine's own disks can
 * take, so that the guest counts volumes after them; it stays the same while the volume is
 * attached, for saved memory holds it.
 */
public record Plug(String volume, int slot) {
  private static final int FIRST = 22;

  /** All slots for volumes, in the order in which they are given out. */
  public static List<Integer> slots() {
    return IntStream.range(FIRST, FIRST + WantedMachine.MOST_VOLUMES).boxed().toList();
  }

  /** Name of the volume's file in the machine's folder. */
  static String file(String volume) {
    return "volume-" + volume + ".qcow2";
  }

  /** QEMU's name of the file in use. */
  String drive() {
    return "drive" + slot;
  }

  /** QEMU's name of what the guest sees. */
  String device() {
    return "slot" + slot;
  }

  String address() {
    return "0x" + Integer.toHexString(slot);
  }

  /** What the guest can know the volume by; has at most 20 characters. */
  String serial() {
    String bare = volume.startsWith("v-") ? volume.substring(2) : volume;
    return bare.substring(0, Math.min(20, bare.length()));
  }

  String driveOptions() {
    return "if=none,id="
        + drive()
        + ",format=qcow2,discard=unmap,detect-zeroes=unmap,file="
        + file(volume);
  }

  String deviceOptions() {
    return "virtio-blk-pci,id="
        + device()
        + ",drive="
        + drive()
        + ",addr="
        + address()
        + ",serial="
        + serial();
  }
}
