package io.meltemi.broker.store.kill;

import io.meltemi.broker.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Moves ones as fast as it can and prints the id of each move that was acknowledged. */
final class Victim {
  private Victim() {}

  /**
   * @param arguments folder and number of writers
   */
  public static void main(String... arguments) throws InterruptedException {
    Store store = Bank.open(Path.of(arguments[0]));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      threads.add(Thread.ofPlatform().start(() -> write(store, System.out)));
    }
    threads.add(Thread.ofPlatform().start(() -> read(store)));
    for (Thread thread : threads) thread.join();
  }

  private static void write(Store store, PrintStream out) {
    while (true) say(out, Bank.move(store, ThreadLocalRandom.current()));
  }

  /** Somebody always looks at everything. */
  private static void read(Store store) {
    while (true) {
      store.list(Bank.TENANT, "Move", Optional.empty(), Optional.empty(), List.of(), 0, 1000);
      store.events(Bank.TENANT, 0, 1000);
    }
  }

  /** A whole line or nothing. */
  private static void say(PrintStream out, String line) {
    byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }
}
