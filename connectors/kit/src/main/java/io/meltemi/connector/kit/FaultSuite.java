package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.Mishaps;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each way in which a call goes wrong on its way, met by each kind of call: it ends in time and as
 * a fault that says what is known, and whoever then goes on as the broker does finds nothing twice
 * and nothing lost. The rig must have {@link Rig#mishaps} and its machines must be stopped by
 * force.
 */
@Together
public abstract class FaultSuite {
  /** By then an interrupted call has really ended, and others get its turn. */
  private static final Duration ENDING = Duration.ofSeconds(10);

  private static final Set<Fault> LOST = Set.of(Fault.UNKNOWN, Fault.TRANSIENT);

  private @Nullable Bench opened;

  /** A rig for one kind of call; closed after it. */
  protected abstract Rig rig();

  /** What an account's limit would be; a call that takes longer is interrupted. */
  protected Duration limit() {
    return Duration.ofSeconds(8);
  }

  @BeforeEach
  final void openBench() {
    opened = new Bench(rig());
  }

  @AfterEach
  final void clearBench() {
    if (opened != null) opened.clear();
  }

  private Bench bench() {
    return Objects.requireNonNull(opened);
  }

  private Mishaps mishaps() {
    return bench().power(bench().rig().mishaps(), "let calls go wrong");
  }

  private static Stream<DynamicTest> each(Consumer<Wrong> trial) {
    return Arrays.stream(Wrong.values())
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> trial.accept(wrong)));
  }

  @TestFactory
  final Stream<DynamicTest> aCreation() {
    return each(wrong -> {
      Token token = bench().token();
      Runnable creation = () -> bench().create(bench().rig().order(named(wrong)), token);
      meets(wrong, Call.CREATE, creation);
      if (wrong.carriedOut()) {
        bench().await("the machine", () -> bench().machines().find(token).size() == 1);
      } else {
        assertThat(bench().machines().find(token)).isEmpty();
        creation.run();
      }
      bench().started(bench().machines().find(token).getFirst());
      assertThat(bearers(token)).isEqualTo(1);
      Handle machine = bench().machines().find(token).getFirst();
      bench().machines().delete(machine);
      bench().vanishes(machine);
    });
  }

  private long bearers(Token token) {
    return bench().machines().list().stream()
        .map(Observation::token)
        .filter(Optional.of(token)::equals)
        .count();
  }

  @TestFactory
  final Stream<DynamicTest> anAction() {
    Handle machine = bench().started("acted");
    return each(wrong -> {
      Runnable stop = () -> bench().machines().act(machine, MachineAction.FORCE_STOP);
      meets(wrong, Call.ACT, stop);
      goesOn(stop);
      bench().reaches(machine, MachineState.STOPPED);
      bench().act(machine, MachineAction.START);
    });
  }

  @TestFactory
  final Stream<DynamicTest> anAttachment() {
    VolumeBench volumes = bench().volumes().needed(Capability.VOLUME_ATTACH);
    Handle machine = bench().started("host");
    Handle volume = volumes.available("attached");
    return each(wrong -> {
      Runnable attachment = () -> volumes.all().attach(volume, machine);
      meets(wrong, Call.ATTACH, attachment);
      goesOn(attachment);
      volumes.isAttached(volume, machine);
      assertThat(volumes.read(volume).attachments()).hasSize(1);
      goesOn(() -> volumes.all().detach(volume, machine));
      volumes.standsAlone(volume);
    });
  }

  @TestFactory
  final Stream<DynamicTest> aDeletion() {
    return each(wrong -> {
      Handle machine = bench().started(named(wrong));
      Runnable deletion = () -> bench().machines().delete(machine);
      meets(wrong, Call.DELETE, deletion);
      goesOn(deletion);
      bench().vanishes(machine);
    });
  }

  @TestFactory
  final Stream<DynamicTest> aDiscovery() {
    return each(wrong -> {
      meets(wrong, Call.DISCOVER, () -> bench().connector().discover());
      assertThat(bench().connector().discover().places()).isNotEmpty();
    });
  }

  private static String named(Wrong wrong) {
    return wrong.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The next such call goes wrong, and the caller is told what can be known. */
  private void meets(Wrong wrong, Call kind, Runnable call) {
    mishaps().next(kind, wrong.mishap());
    Optional<ConnectorException> failure = limited(call);
    assertThat(mishaps().met()).as("the call met what was planned").isTrue();
    if (wrong == Wrong.DELAY) {
      assertThat(failure).isEmpty();
    } else {
      failure.ifPresent(told -> assertThat(told.fault()).as(told.reason()).isIn(LOST));
      boolean maybe = wrong == Wrong.ENDLESS_BODY || wrong == Wrong.LATE_BYTES;
      assertThat(failure.isPresent() || maybe || kind == Call.DISCOVER).isTrue();
    }
  }

  /** Runs as the broker's gate runs it; empty when it went well, or was cut and has ended since. */
  private Optional<ConnectorException> limited(Runnable call) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = Thread.ofPlatform().daemon().unstarted(call);
    thread.setUncaughtExceptionHandler((dying, failure) -> thrown.set(failure));
    thread.start();
    try {
      boolean cut = !thread.join(limit());
      if (cut) {
        thread.interrupt();
        assertThat(thread.join(ENDING))
            .as("an interrupted call ends; it is at %s", (Object) thread.getStackTrace())
            .isTrue();
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    if (thrown.get() == null) return Optional.empty();
    assertThat(thrown.get()).isInstanceOf(ConnectorException.class);
    return Optional.of((ConnectorException) thrown.get());
  }

  /** As the broker does: again while the provider is busy or nobody knows. */
  private void goesOn(Runnable call) {
    bench().await("an end without a fault that passes", () -> passes(call));
  }

  private static boolean passes(Runnable call) {
    try {
      call.run();
      return true;
    } catch (ConnectorException e) {
      if (LOST.contains(e.fault())) return false;
      throw e;
    }
  }
}
