package io.meltemi.broker.store.kill;

import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Row Q4: kills writers with SIGKILL, 0.2 to 1.2 s after their first commit, and prints what was
 * lost.
 */
final class KillStore {
  private static final List<Integer> WRITERS = List.of(1, 4, 16);

  private final Random random;
  private boolean passed = true;

  private KillStore(long seed) {
    this.random = new Random(seed);
  }

  /**
   * @param arguments number of kills in all, and a seed
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    int kills = Integer.parseInt(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.printf("%d kills, seed %d%n", kills, seed);
    System.out.println(Tally.HEAD);
    var campaign = new KillStore(seed);
    for (int i = 0; i < WRITERS.size(); i++) {
      int share = (kills + i) / WRITERS.size();
      if (share > 0) campaign.run(WRITERS.get(i), share);
    }
    System.exit(campaign.passed ? 0 : 1);
  }

  private void run(int writers, int kills) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kill-store");
    try (Store store = Bank.open(folder)) {
      Bank.found(store);
    }
    var tally = new Tally(writers);
    Set<String> acknowledged = new HashSet<>();
    for (int i = 0; i < kills; i++) {
      kill(folder, writers, acknowledged);
      look(folder, tally, acknowledged);
    }
    System.out.println(tally.row(acknowledged.size()));
    passed &= tally.passed();
    if (tally.passed()) remove(folder);
    else System.out.println("kept: " + folder);
  }

  private void kill(Path folder, int writers, Set<String> acknowledged)
      throws IOException, InterruptedException {
    Process victim = start(folder, writers);
    try (BufferedReader lines = victim.inputReader()) {
      String first = lines.readLine();
      if (first == null) throw new IOException("the writer did not begin");
      acknowledged.add(first);
      Duration life = Duration.ofMillis(200 + random.nextInt(1000));
      var killer = Thread.ofVirtual().start(() -> end(victim, life));
      lines
          .lines()
          .filter(line -> line.length() == "moves/".length() + 36)
          .forEach(acknowledged::add);
      killer.join();
    } finally {
      victim.destroyForcibly();
    }
  }

  private static Process start(Path folder, int writers) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString(),
            Integer.toString(writers))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** By its handle: what it had printed stays readable. */
  private static void end(Process victim, Duration life) {
    try {
      victim.waitFor(life.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    victim.toHandle().destroyForcibly();
  }

  private static void look(Path folder, Tally tally, Set<String> acknowledged) {
    long began = System.nanoTime();
    try (Store store = Bank.open(folder)) {
      tally.opened(Duration.ofNanos(System.nanoTime() - began));
      tally.add(Audit.of(store, acknowledged));
    } catch (StoreException e) {
      tally.refused(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(KillStore::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
