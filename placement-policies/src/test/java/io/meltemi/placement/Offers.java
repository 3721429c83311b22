package io.meltemi.placement;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Price;
import io.meltemi.pivot.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Offers and orders made by hand. */
final class Offers {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final long GIBIBYTE = 1 << 20;

  private Offers() {}

  static Offer offer(String account, String country, String price) {
    return new Offer(
        account + "/z1/free",
        account,
        "scripted",
        Location.named("z1").inCountry(country),
        Optional.empty(),
        new Amount(1, 4, 8 * GIBIBYTE, 100_000_000),
        Optional.of("x86_64"),
        new Amount(10, 8, 16 * GIBIBYTE, 500_000_000),
        Amount.UNLIMITED,
        Map.of("machineImages/i1", new Offer.Image("img-1", GIBIBYTE / 2, 2_000_000)),
        Set.of(Capability.START, Capability.STOP, Capability.FREE_SIZE, Capability.USER_DATA),
        price.isEmpty() ? Optional.empty() : Optional.of(new Price(new BigDecimal(price), "EUR")),
        NOON);
  }

  static MachineOrder order(int cpu, long gibibytes, Terms terms) {
    return new MachineOrder(
        "m",
        cpu,
        gibibytes * GIBIBYTE,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        "machineImages/i1",
        "debian",
        Optional.empty(),
        Optional.empty(),
        List.of(22, 80),
        MachineState.STARTED,
        terms);
  }
}
