package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Attaches the volume in hand to the new machine, and waits until the provider shows it there. May
 * be asked again: that the volume shall be there stands in its row since the order.
 */
final class CreateAttach implements Step {
  static final String NAME = "create.attach";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "attaches a volume";
  }

  @Override
  public int progress() {
    return 70;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask().plus(work.limits().act());
  }

  @Override
  public Next run(Work work) {
    Optional<Handle> machine = Attaching.machineHandle(work);
    if (machine.isEmpty()) return fail(work, ReturnCode.LOST, "the machine is gone");
    return Attaching.seen(
        work,
        seen -> seen(work, seen, machine.get()),
        () -> fail(work, ReturnCode.LOST, "the provider no longer has it"));
  }

  private static Next seen(Work work, VolumeObservation seen, Handle machine) {
    if (Attaching.reached(work, seen, machine)) {
      return Mounting.attached(
          work, work.onRow((tx, row) -> Attaching.show(tx, work, row, seen, machine)));
    }
    if (mayAsk(work)) {
      work.memory().put("asked", work.row().id()).put("askedAt", work.now().toString());
      Attaching.volumes(work).attach(seen.handle(), machine);
    }
    return work.look("the provider attaches a volume");
  }

  private static boolean mayAsk(Work work) {
    if (!work.row().id().equals(work.memory().path("asked").asText())) return true;
    Instant at = Instant.parse(work.memory().path("askedAt").asText());
    return work.now().isAfter(at.plus(PATIENCE));
  }

  private static Next fail(Work work, int code, String reason) {
    String name = work.row().name().isEmpty() ? work.row().id() : work.row().name();
    return Creating.fail(
        work, code, "the machine was made, but its volume %s: %s".formatted(name, reason));
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT, UNKNOWN, CREDENTIALS -> work.again(e);
      case BAD_REQUEST, QUOTA, CAPACITY, UNSUPPORTED ->
          fail(work, ReturnCode.of(e.fault()), e.reason());
    };
  }

  @Override
  public Next expired(Work work) {
    String there = Placed.of(work.row()).map(Placed::account).orElse("its provider");
    return fail(work, ReturnCode.EXPIRED, work.late("was not attached in time at " + there));
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
