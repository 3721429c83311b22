package io.meltemi.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel tells about processes (proc(5)). */
final class Processes {
  private static final long NANOS_PER_TICK = 10_000_000;

  private Processes() {}

  /** User and system time of all threads of a process. */
  static Duration cpu(long pid) {
    String stat = text(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Duration.ofNanos(
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK);
  }

  /** Memory that it holds, shared pages included. */
  static long residentMebibytes(long pid) {
    return text(pid, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .sum();
  }

  /** Asks a Java of the same version to collect its garbage, and waits for it. */
  static void collectGarbage(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, String.valueOf(pid), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (asked.waitFor() != 0) throw new IOException("process " + pid + " collects no garbage");
  }

  static List<String> command(long pid) {
    return List.of(text(pid, "cmdline").split("\0"));
  }

  /** The processes below one whose command line has such a word. */
  static Stream<ProcessHandle> below(ProcessHandle top, String word) {
    return Stream.concat(Stream.of(top), top.descendants())
        .filter(process -> command(process.pid()).contains(word));
  }

  private static String text(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc/" + pid, file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " has ended", e);
    }
  }
}
