package io.meltemi.connector.node.host;

import java.util.List;
import java.util.stream.Stream;

/**
 * A guest that is a process. All its processes live in a process name space of their own, so they
 * are found below its first one whatever they do.
 */
final class ProcessSession implements GuestKind.Session {
  private static final int ROUNDS = 5;

  private final Guard.Running running;

  ProcessSession(Guard.Running running) {
    this.running = running;
  }

  @Override
  public Activity activity() {
    return Processes.stopped(running.guest()) ? Activity.PAUSED : Activity.RUNNING;
  }

  /** Several rounds: what was born while the first was under way is caught by a later one. */
  @Override
  public void pause() {
    for (int round = 0; round < ROUNDS; round++) {
      signal("STOP", all());
    }
  }

  @Override
  public void go() {
    signal("CONT", all());
  }

  @Override
  public void powerButton() {
    signal(
        "TERM",
        ProcessHandle.of(running.guest()).stream().flatMap(ProcessHandle::children).toList());
  }

  @Override
  public void cut() {
    running.kill();
  }

  private List<ProcessHandle> all() {
    return ProcessHandle.of(running.guest()).stream()
        .flatMap(guest -> Stream.concat(Stream.of(guest), guest.descendants()))
        .toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    processes.forEach(process ->
        Processes.born(process.pid())
            .ifPresent(born -> Processes.signal(name, process.pid(), born)));
  }

  @Override
  public void save() {
    throw new HostException("a process cannot be suspended");
  }

  @Override
  public void restore() {
    throw new HostException("a process cannot be suspended");
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
