package io.meltemi.webapp;

import io.meltemi.webapp.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps demonstration and real data apart: a folder is the one or the other for good. */
final class DemoMark {
  private DemoMark() {}

  /**
   * @param used the folder was in use before this start
   * @throws StartException when demonstration and real data would meet
   */
  static void check(Settings settings, boolean used, boolean demo) throws IOException {
    Path folder = settings.data();
    Path mark = folder.resolve("demo-only");
    if (demo && settings.store().url().isPresent()) {
      throw new StartException(
          "A demonstration keeps to its folder: start --demo without the setting store.url.");
    }
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
