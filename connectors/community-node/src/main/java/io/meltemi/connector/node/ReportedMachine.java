package io.meltemi.connector.node;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.meltemi.pivot.MachineState;
import java.util.List;

/**
 * @param boots how often it was booted
 * @param address the guest's own IP address; empty when it has none
 * @param mac hardware address of its network card; empty when it has none, and from agents that do
 *     not tell
 * @param endpoints where its ports answer
 */
public record ReportedMachine(
    String id,
    long number,
    boolean absent,
    MachineState state,
    String reason,
    int boots,
    String address,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String mac,
    List<Endpoint> endpoints)
    implements Reported {

  public ReportedMachine {
    Limits.id("id", id);
    Limits.range("number", number, 0, Long.MAX_VALUE);
    Limits.text("reason", reason, Limits.REASON);
    Limits.range("boots", boots, 0, Integer.MAX_VALUE);
    Limits.line("address", address, 64);
    Limits.line("mac", mac, 32);
    endpoints = Limits.items("endpoints", endpoints, 16);
  }

  /**
   * @param guestPort TCP port in the guest
   * @param host address where it answers
   * @param port port where it answers
   */
  public record Endpoint(int guestPort, String host, int port) {
    public Endpoint {
      Limits.range("guestPort", guestPort, 1, 65_535);
      Limits.line("host", host, 255);
      Limits.range("port", port, 1, 65_535);
    }
  }
}
