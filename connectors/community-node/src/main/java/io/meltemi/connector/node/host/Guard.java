package io.meltemi.connector.node.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts guests under guards. A guard is a small process of its own that outlives the agent: see
 * {@code guard.pl}. A launch number is run at most once, whatever happens to the agent in between.
 */
public final class Guard {
  private static final int AT_WORK = 75;
  private static final int ENDED_BEFORE = 76;
  private static final long START_MILLIS = 10_000;

  private final Path script;

  private Guard(Path script) {
    this.script = script;
  }

  /** Puts the guard's script into the node's folder. */
  static Guard install(Path node) {
    try (InputStream source = Guard.class.getResourceAsStream("guard.pl")) {
      if (source == null) {
        throw new IllegalStateException("guard.pl is missing in the jar");
      }
      Path script = Files.createDirectories(node.resolve("bin")).resolve("guard.pl");
      Path part = script.resolveSibling("guard.pl." + ProcessHandle.current().pid());
      Files.write(part, source.readAllBytes());
      Files.move(part, script, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return new Guard(script);
    } catch (IOException e) {
      throw new HostException("cannot install the guard", e);
    }
  }

  /**
   * A guest that was started.
   *
   * @param launch which start it is
   * @param guestBorn tells the process from later ones with its number
   */
  public record Running(long launch, long guard, long guardBorn, long guest, long guestBorn) {
    public boolean alive() {
      return Processes.alive(guest, guestBorn);
    }

    public boolean guardAlive() {
      return Processes.alive(guard, guardBorn);
    }

    public void kill() {
      Processes.kill(guest, guestBorn);
    }
  }

  /**
   * How a guest ended.
   *
   * @param signal 0 when it ended by itself
   */
  public record Ended(long launch, int code, int signal) {
    public String words() {
      return signal == 0 ? "ended with code " + code : "killed by signal " + signal;
    }
  }

  /** Starts the guest unless this launch has been started before. */
  public void launch(Path folder, long launch, List<Path> cgroups, List<String> command) {
    List<String> whole = new ArrayList<>();
    whole.addAll(List.of("perl", script.toString(), folder.toAbsolutePath().toString()));
    whole.add(Long.toString(launch));
    whole.add(cgroups.stream().map(Path::toString).collect(Collectors.joining(":")));
    whole.addAll(command);
    try {
      Process guard =
          new ProcessBuilder(whole)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("guest.log").toFile())
              .start();
      awaitStart(folder, launch, guard);
    } catch (IOException e) {
      throw new HostException("cannot start a guard", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while a guest started", e);
    }
  }

  private void awaitStart(Path folder, long launch, Process guard)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (System.nanoTime() < end) {
      boolean over = guard.waitFor(20, TimeUnit.MILLISECONDS);
      if (running(folder).filter(found -> found.launch() == launch).isPresent()
          || ended(folder).filter(found -> found.launch() == launch).isPresent()) {
        return;
      }
      if (over && guard.exitValue() != AT_WORK && guard.exitValue() != ENDED_BEFORE) {
        throw new HostException("the guard failed: " + log(folder));
      }
    }
    throw new HostException("no guest after " + START_MILLIS + " ms: " + log(folder));
  }

  /** The guest that lives in the folder. */
  public Optional<Running> running(Path folder) {
    return numbers(folder.resolve("running"), 5)
        .map(of -> new Running(of.get(0), of.get(1), of.get(2), of.get(3), of.get(4)))
        .filter(Running::alive);
  }

  /** The launch that a guard last began in the folder; 0 when none. */
  public long begun(Path folder) {
    return numbers(folder.resolve("running"), 5).map(List::getFirst).orElse(0L);
  }

  /** How the last guest of the folder ended. */
  public Optional<Ended> ended(Path folder) {
    return numbers(folder.resolve("ended"), 3)
        .map(of -> new Ended(of.get(0), of.get(1).intValue(), of.get(2).intValue()));
  }

  /** What the guest's program said. */
  public String log(Path folder) {
    try {
      return Programs.end(Files.readString(folder.resolve("guest.log")));
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<List<Long>> numbers(Path file, int count) {
    try {
      List<Long> numbers = new ArrayList<>();
      for (String word : Files.readString(file).strip().split(" ", -1)) {
        numbers.add(Long.parseLong(word));
      }
      return Optional.of(numbers).filter(found -> found.size() == count);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
