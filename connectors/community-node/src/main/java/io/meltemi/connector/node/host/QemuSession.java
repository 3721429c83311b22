package io.meltemi.connector.node.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A machine under QEMU, within reach by its control socket. */
final class QemuSession implements GuestKind.Session {
  private static final List<String> UNDER_WAY = List.of("setup", "active", "device");
  static final String QMP = Box.SOCKETS + "/qmp";

  private final Box box;
  private final Guard.Running running;
  private final Qmp qmp;

  private QemuSession(Box box, Guard.Running running, Qmp qmp) {
    this.box = box;
    this.running = running;
    this.qmp = qmp;
  }

  static QemuSession attach(Box box, Guard.Running running) {
    try {
      return new QemuSession(box, running, Qmp.connect(near(running).resolve(QMP)));
    } catch (IOException e) {
      throw new HostException("qemu does not answer yet", e);
    }
  }

  /** The folder by a short name: a Unix socket's path has at most 107 bytes. */
  private static Path near(Guard.Running running) {
    return Path.of("/proc/" + running.guard() + "/cwd");
  }

  @Override
  public Activity activity() {
    String status = execute("query-status").path("status").asText();
    return switch (status) {
      case "running" -> Activity.RUNNING;
      case "inmigrate" -> Activity.RESTORING;
      default -> Activity.PAUSED;
    };
  }

  @Override
  public void pause() {
    execute("stop");
  }

  @Override
  public void go() {
    execute("cont");
  }

  @Override
  public void powerButton() {
    execute("system_powerdown");
  }

  /** QEMU writes out its disks and ends; when it does not at once, it is killed. */
  @Override
  public void cut() {
    try {
      qmp.execute("quit");
    } catch (IOException | HostException e) {
      running.kill();
    }
  }

  @Override
  public void save() {
    MemoryFile.save(box.folder(), near(running), socket -> execute("migrate", uri(socket)));
    String status = execute("query-migrate").path("status").asText();
    for (int tries = 0; UNDER_WAY.contains(status) && tries < 100; tries++) {
      pauseBriefly();
      status = execute("query-migrate").path("status").asText();
    }
    if (!status.equals("completed")) {
      throw new HostException("the memory was not saved: " + status);
    }
  }

  @Override
  public void restore() {
    if (activity() == Activity.RESTORING) {
      execute("migrate-incoming", uri(MemoryFile.SOCKET));
      MemoryFile.restore(box.folder(), near(running));
    }
    for (int tries = 0; activity() == Activity.RESTORING; tries++) {
      if (tries > 200) {
        throw new HostException("the memory was not restored");
      }
      pauseBriefly();
    }
  }

  @Override
  public GuestKind.Plugs plugs() {
    return new QemuPlugs(qmp);
  }

  private static Map<String, Object> uri(String socket) {
    return Map.of("uri", "unix:" + socket);
  }

  private static void pauseBriefly() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }

  private JsonNode execute(String command) {
    return execute(command, Map.of());
  }

  private JsonNode execute(String command, Map<String, Object> arguments) {
    try {
      return qmp.execute(command, arguments);
    } catch (IOException e) {
      throw new HostException(command + " failed", e);
    }
  }

  @Override
  public void close() {
    try {
      qmp.close();
    } catch (IOException e) {
      throw new HostException("the control socket does not close", e);
    }
  }
}
