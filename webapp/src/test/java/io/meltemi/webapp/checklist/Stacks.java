package io.meltemi.webapp.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all threads of this process do at one moment, virtual ones included. */
record Stacks(List<List<String>> threads) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stacks now() throws IOException {
    Path folder = Files.createTempDirectory("stacks");
    Path file = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
    JsonNode dump = JSON.readTree(file.toFile());
    Files.delete(file);
    Files.delete(folder);
    List<List<String>> threads = new ArrayList<>();
    for (JsonNode container : dump.path("threadDump").path("threadContainers")) {
      for (JsonNode thread : container.path("threads")) {
        List<String> frames = new ArrayList<>();
        thread.path("stack").forEach(frame -> frames.add(frame.asText()));
        threads.add(frames);
      }
    }
    return new Stacks(threads);
  }

  /** The threads that are within some code. */
  Stream<List<String>> within(String code) {
    return threads.stream().filter(frames -> frames.stream().anyMatch(each -> each.contains(code)));
  }
}
