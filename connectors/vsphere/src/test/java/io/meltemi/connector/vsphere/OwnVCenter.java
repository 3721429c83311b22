package io.meltemi.connector.vsphere;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** A vCenter of dev/vsphere with settings of its own, up until it is closed. */
final class OwnVCenter implements AutoCloseable {
  private final String instance;
  private final Lab lab;

  /**
   * @param settings of dev/vsphere/up
   */
  OwnVCenter(String name, Map<String, String> settings) {
    instance = name + "-" + ProcessHandle.current().pid();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("VSPHERE_INSTANCE", instance);
    environment.put("VSPHERE_PORT", freePort());
    Lab.run("up", environment);
    lab = new Lab(instance);
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Lab lab() {
    return lab;
  }

  @Override
  public void close() {
    Lab.run("down", Map.of("VSPHERE_INSTANCE", instance));
  }
}
