package io.meltemi.connector.node;

import io.meltemi.connector.Token;
import java.util.Base64;
import java.util.List;

/**
 * A machine on a node.
 *
 * @param boots how often it shall have been booted; one more while it runs is a restart
 * @param force a stop or restart does not ask the guest
 * @param image id of an image on the node
 * @param disksKilobytes disks beside the first one, in units of 1000 bytes
 * @param userDataBase64 empty: none
 * @param keys public keys that may log in, each one line in OpenSSH form
 * @param guestPorts TCP ports that shall be reachable
 */
public record WantedMachine(
    String id,
    String token,
    String name,
    Power power,
    int boots,
    boolean force,
    String image,
    int cpu,
    long memoryKibibytes,
    List<Long> disksKilobytes,
    String userDataBase64,
    List<String> keys,
    List<Integer> guestPorts)
    implements Wanted {
  /** Most volumes at one machine. */
  public static final int MOST_VOLUMES = 10;

  public WantedMachine {
    Limits.id("id", id);
    token = new Token(token).value();
    Limits.line("name", name, Limits.NAME);
    Limits.range("boots", boots, 0, Integer.MAX_VALUE);
    Limits.id("image", image);
    Limits.range("cpu", cpu, 1, 1024);
    Limits.range("memoryKibibytes", memoryKibibytes, 1, 1L << 34);
    disksKilobytes = Limits.items("disksKilobytes", disksKilobytes, 16);
    disksKilobytes.forEach(size -> Limits.range("disksKilobytes", size, 1, 1L << 40));
    Limits.text("userDataBase64", userDataBase64, Limits.USER_DATA * 4 / 3 + 4);
    Base64.getDecoder().decode(userDataBase64);
    keys = Limits.items("keys", keys, 16);
    keys.forEach(key -> Limits.line("keys", key, 4096));
    guestPorts = Limits.items("guestPorts", guestPorts, 16);
    guestPorts.forEach(port -> Limits.range("guestPorts", port, 1, 65_535));
  }

  public byte[] userData() {
    return Base64.getDecoder().decode(userDataBase64);
  }

  public WantedMachine with(Power newPower, int newBoots, boolean newForce) {
    return new WantedMachine(
        id,
        token,
        name,
        newPower,
        newBoots,
        newForce,
        image,
        cpu,
        memoryKibibytes,
        disksKilobytes,
        userDataBase64,
        keys,
        guestPorts);
  }

  /** Without user data and keys, which are nobody's business in a log. */
  @Override
  public String toString() {
    return "WantedMachine[" + id + ", " + power + ", boots=" + boots + ", force=" + force + "]";
  }
}
