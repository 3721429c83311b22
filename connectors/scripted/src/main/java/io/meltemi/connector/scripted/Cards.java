package io.meltemi.connector.scripted;

import io.meltemi.connector.Inventory;
import io.meltemi.connector.scripted.ScriptedMachine.Card;

/** Makes up network cards: no two have the same addresses. */
final class Cards {
  private Cards() {}

  /**
   * The only card of a machine whose networks nobody chose.
   *
   * @param number of the machine, never used before
   */
  static Card byDefault(long number) {
    return new Card("default", address(10L << 24 | number & 0xffffff), mac(0, number));
  }

  /**
   * @param ordinal of the card in its machine, from 0
   */
  static Card in(Inventory.Network network, int ordinal, long number) {
    String ip =
        network.subnets().stream()
            .filter(subnet -> subnet.matches("[0-9.]+/[0-9]+"))
            .findFirst()
            .map(subnet -> within(subnet, number))
            .orElseGet(() -> address(10L << 24 | (long) ordinal << 20 | number & 0xfffff));
    return new Card(network.name(), ip, mac(ordinal, number));
  }

  /** An address in the range, beyond those that routers like. */
  private static String within(String subnet, long number) {
    int slash = subnet.indexOf('/');
    long base = 0;
    for (String part : subnet.substring(0, slash).split("\\.")) {
      base = base << 8 | Long.parseLong(part);
    }
    long hosts = (1L << 32 - Integer.parseInt(subnet.substring(slash + 1))) - 1;
    return address(base & ~hosts | (number + 1) & hosts);
  }

  private static String address(long bits) {
    return "%d.%d.%d.%d".formatted(bits >> 24 & 255, bits >> 16 & 255, bits >> 8 & 255, bits & 255);
  }

  private static String mac(int ordinal, long number) {
    return "02:00:%02x:%02x:%02x:%02x"
        .formatted(ordinal, number >> 16 & 255, number >> 8 & 255, number & 255);
  }
}
