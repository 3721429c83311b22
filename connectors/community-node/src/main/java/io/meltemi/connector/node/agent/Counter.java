package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers of requests: never the same twice, also after a crash. Written once per thousand. */
final class Counter {
  private static final long STEP = 1000;

  private final Path file;
  private long next;
  private long reserved;

  Counter(Path folder) {
    file = folder.resolve("counter");
    try {
      next = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 1;
    } catch (IOException | NumberFormatException e) {
      throw new HostException("cannot read " + file, e);
    }
    reserved = next;
  }

  synchronized long next() {
    if (next >= reserved) {
      reserved = next + STEP;
      DurableFile.write(file, Long.toString(reserved));
    }
    return next++;
  }

  /** The broker has seen this number from us. */
  synchronized void above(long seen) {
    next = Math.max(next, seen + 1);
  }
}
