package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The scripted cloud. What takes time is over when the clock says so; nothing runs by itself, so a
 * clock moved by hand moves everything. Safe for many threads.
 */
public final class ScriptedCloud implements Backstage {
  private static final int CALLS_KEPT = 10_000;

  private final Clock clock;
  private final CloudScript script;
  private final World world;
  private final Mishaps mishaps = new Mishaps();
  private final Deque<Call> calls = new ArrayDeque<>();
  private final Newsroom newsroom = new Newsroom();
  private final Optional<StateFile> file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition newsCame = lock.newCondition();
  private Optional<String> password;

  /** A cloud in memory. */
  public ScriptedCloud(CloudScript script, Clock clock) {
    this(script, clock, Optional.empty());
  }

  /** A cloud that is found again in the state file after its process has died. */
  public ScriptedCloud(CloudScript script, Clock clock, Path stateFile) {
    this(script, clock, Optional.of(new StateFile(stateFile)));
  }

  private ScriptedCloud(CloudScript script, Clock clock, Optional<StateFile> file) {
    this.script = script;
    this.clock = clock;
    this.file = file;
    this.password = script.password();
    world = new World(script, newsroom::changed);
    script.mishaps().forEach(mishaps::plan);
    file.flatMap(StateFile::read)
        .ifPresentOrElse(world::restore, () -> world.populate(clock.instant()));
  }

  public String name() {
    return script.name();
  }

  /** The cloud as one who gives this password sees it. */
  public Cloud door(Optional<String> givenPassword) {
    return new Door(this, givenPassword);
  }

  /** The next change is refused; with UNKNOWN it is carried out and its answer lost. */
  public void failNext(Fault fault) {
    failNext("change", fault);
  }

  /** The next such call is refused; with UNKNOWN it is carried out and its answer lost. */
  public void failNext(String call, Fault fault) {
    plan(
        fault == Fault.UNKNOWN
            ? Mishap.loseAnswer(call)
            : Mishap.refuse(call, fault, "as planned: " + fault));
  }

  Optional<Mishap.Effect> arrives(String call, String about, Optional<String> given) {
    return locked(now -> {
      if (wrong(given)) {
        heard(call, about, Fault.CREDENTIALS.name());
      }
      checkPassword(given);
      return mishaps.next(call, new Call(now, call, about, "").changing());
    });
  }

  void checkPassword(Optional<String> given) {
    if (wrong(given)) {
      throw new ConnectorException(Fault.CREDENTIALS, "wrong password for " + name());
    }
  }

  private boolean wrong(Optional<String> given) {
    return locked(now -> password.isPresent() && !password.equals(given));
  }

  void heard(String call, String about, String outcome) {
    locked(now -> {
      calls.addLast(new Call(now, call, about, outcome));
      return calls.size() > CALLS_KEPT ? calls.removeFirst() : name();
    });
  }

  /** Looks at the world as it is now, or changes it. */
  <T> T inWorld(BiFunction<World, Instant, T> work) {
    return locked(now -> {
      long before = world.version();
      try {
        world.settle(now);
        T answer = work.apply(world, now);
        world.settle(now);
        return answer;
      } finally {
        if (world.version() != before) {
          file.ifPresent(f -> f.write(world.snapshot()));
          newsCame.signalAll();
        }
      }
    });
  }

  Cloud.News news(long since) {
    if (script.silent()) {
      throw new ConnectorException(Fault.UNSUPPORTED, name() + " sends no news");
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    lock.lock();
    try {
      change(w -> {});
      while (newsroom.nothingSince(since) && System.nanoTime() < end) {
        newsCame.awaitNanos(TimeUnit.MILLISECONDS.toNanos(50));
        change(w -> {});
      }
      return newsroom.since(since, world.machines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cloud.News(since, List.of());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void plan(Mishap mishap) {
    change(w -> mishaps.plan(mishap));
  }

  @Override
  public void calm() {
    change(w -> mishaps.calm());
  }

  @Override
  public void turn(String machine, MachineState state, String reason) {
    Consumer<ScriptedMachine> turned =
        m -> world.put(m.because(reason).becomes(state, Optional.empty()));
    change(w -> w.machine(machine).ifPresent(turned));
  }

  @Override
  public void vanish(String machine) {
    change(w -> w.remove(machine));
  }

  @Override
  public void resize(String id, Amount size) {
    change(w -> {
      w.machine(id).ifPresent(found -> w.put(found.shaped(size)));
      w.storehouse().volume(id).ifPresent(found -> w.storehouse().put(found.sized(size)));
    });
  }

  @Override
  public void rename(String id, String name) {
    change(w -> {
      w.machine(id).ifPresent(found -> w.put(found.named(name)));
      w.storehouse().volume(id).ifPresent(found -> w.storehouse().put(found.named(name)));
    });
  }

  @Override
  public void tag(String machine, String name, String value) {
    change(w -> w.machine(machine).ifPresent(found -> w.put(found.tagged(name, value))));
  }

  @Override
  public void quota(Amount limit) {
    change(w -> w.quota(limit));
  }

  @Override
  public void script(String text) {
    CloudScript next = CloudScript.parse(text);
    change(w -> w.follow(next));
  }

  @Override
  public void password(String newPassword) {
    change(w -> password = Optional.of(newPassword));
  }

  @Override
  public List<ScriptedMachine> everything() {
    return inWorld((w, now) -> w.machines());
  }

  @Override
  public List<ScriptedVolume> everyVolume() {
    return inWorld((w, now) -> w.storehouse().volumes());
  }

  @Override
  public List<ScriptedNetwork> everyNetwork() {
    return inWorld((w, now) -> w.patchboard().networks());
  }

  @Override
  public List<ScriptedAddress> everyAddress() {
    return inWorld((w, now) -> w.pool().addresses());
  }

  @Override
  public List<ScriptedSnapshot> everySnapshot() {
    return inWorld((w, now) -> w.storehouse().snapshots());
  }

  @Override
  public List<ScriptedMachineSnapshot> everyMachineSnapshot() {
    return inWorld((w, now) -> w.album().snapshots());
  }

  @Override
  public List<Call> calls() {
    return locked(now -> List.copyOf(calls));
  }

  private void change(Consumer<World> work) {
    inWorld((w, now) -> {
      work.accept(w);
      return now;
    });
  }

  private <T> T locked(Function<Instant, T> work) {
    lock.lock();
    try {
      return work.apply(clock.instant());
    } finally {
      lock.unlock();
    }
  }
}
