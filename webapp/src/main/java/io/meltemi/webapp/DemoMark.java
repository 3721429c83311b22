package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps demonstration and real data apart: a folder is the one or the other for good. */
final class DemoMark {
  private DemoMark() {}

  static void check(Path folder, boolean demo) throws IOException {
    Path mark = folder.resolve("demo-only");
    boolean used = Files.exists(folder.resolve("keys").resolve("master"));
    if (demo && used && !Files.exists(mark)) {
      throw new StartException(
          "The data folder " + folder + " holds real data; choose another for --demo with --data.");
    }
    if (!demo && Files.exists(mark)) {
      throw new StartException(
          "The data folder "
              + folder
              + " belongs to a demonstration; start it with --demo or choose another with --data.");
    }
    if (demo && !Files.exists(mark)) Files.createFile(mark);
  }
}
