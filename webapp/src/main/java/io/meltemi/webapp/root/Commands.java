package io.meltemi.webapp.root;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small programs of the system, run to their end. */
final class Commands {
  private static final int NOT_THERE = 127;

  private Commands() {}

  /** The exit code; 127 when there is no such program. */
  static int run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(30, TimeUnit.SECONDS)) return process.exitValue();
      process.destroyForcibly();
      return NOT_THERE;
    } catch (IOException e) {
      return NOT_THERE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_THERE;
    }
  }
}
