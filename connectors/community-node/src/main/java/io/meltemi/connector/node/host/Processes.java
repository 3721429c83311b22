package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Processes of this host, told from later ones with the same number by the time they were born. */
final class Processes {
  private Processes() {}

  /** True while this very process lives; a zombie does not. */
  static boolean alive(long pid, long born) {
    OptionalLong now = born(pid);
    return now.isPresent() && now.getAsLong() == born;
  }

  /** Clock ticks from the host's boot; empty when there is no such process or it is a zombie. */
  static OptionalLong born(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") || fields[0].equals("X")
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(fields[19]));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The program and its arguments; empty when there is no such process. */
  static String command(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  /** True while the process is held by a stop signal. */
  static boolean stopped(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a signal to this very process; does nothing when it is gone. */
  static void signal(String name, long pid, long born) {
    if (alive(pid, born)) {
      Programs.run(Duration.ofSeconds(5), List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
    }
  }

  static void kill(long pid, long born) {
    if (alive(pid, born)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
