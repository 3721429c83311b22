package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Disks that a machine's order asks for, beside the first. */
interface DiskBehaviours extends Behaviours {
  List<Long> DISKS = List.of(1_000_000L, 2_000_000L);

  @Test
  default void theDisksOfAnOrderAreMadeAndCounted() {
    ToLongFunction<Handle> seen = disksSeen();
    long own = Promises.shape(bench()).diskKilobytes();
    Handle machine = bench().started(bench().create(order("holds"), bench().token()));
    long made = seen.applyAsLong(machine);
    assertThat(made).isGreaterThanOrEqualTo(DISKS.stream().mapToLong(Long::longValue).sum());
    bench()
        .read(machine)
        .shape()
        .ifPresent(shape -> assertThat(shape.diskKilobytes()).isEqualTo(own + made));
  }

  @Test
  default void theDisksOfAMachineEndWithIt() {
    ToLongFunction<Handle> seen = disksSeen();
    Handle machine = bench().started(bench().create(order("ends"), bench().token()));
    assertThat(seen.applyAsLong(machine)).isPositive();
    bench().machines().delete(machine);
    bench().vanishes(machine);
    bench().await("the end of the disks of " + machine, () -> seen.applyAsLong(machine) == 0);
  }

  @Test
  default void aDiskIsRefusedAsUnsupportedWhereNoneIsMade() {
    Spot spot =
        Places.all(bench())
            .filter(each -> !makesDisks(bench().abilities(each)))
            .findFirst()
            .orElseThrow(() -> NotTried.power("everything is supported"));
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().machines().create(order("bare"), spot, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  private ToLongFunction<Handle> disksSeen() {
    if (!makesDisks(bench().abilities(bench().rig().spot()))) {
      throw NotTried.unsupported(Capability.EXTRA_DISK.name());
    }
    return bench().power(bench().rig().disksSeen(), "see disks");
  }

  private static boolean makesDisks(Set<Capability> abilities) {
    return abilities.contains(Capability.EXTRA_DISK) || abilities.contains(Capability.FREE_SIZE);
  }

  private MachineOrder order(String name) {
    return Orders.with(bench().rig().order(name), DISKS);
  }
}
