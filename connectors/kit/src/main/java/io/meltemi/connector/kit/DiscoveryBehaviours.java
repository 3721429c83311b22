package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Inventory;
import io.meltemi.connector.Inventory.Place;
import io.meltemi.connector.Spot;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What there is to have. */
interface DiscoveryBehaviours extends Behaviours {
  @Test
  @Alone
  default void discoveryIsRepeatableAndChangesNothing() {
    int machines = bench().machines().list().size();
    Inventory first = bench().connector().discover();
    Inventory second = bench().connector().discover();
    assertThat(second).usingRecursiveComparison().ignoringFields("observed").isEqualTo(first);
    assertThat(bench().machines().list()).hasSize(machines);
  }

  @Test
  default void everythingDiscoveredHasItsOwnIdAndAPositiveShape() {
    Inventory inventory = bench().connector().discover();
    assertThat(inventory.places().stream().map(place -> place.location().id()))
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(inventory.images().stream().map(Inventory.Image::id)).doesNotHaveDuplicates();
    assertThat(inventory.sizes().stream().map(Inventory.Size::id).filter(Optional::isPresent))
        .doesNotHaveDuplicates();
    assertThat(inventory.sizes())
        .allMatch(size -> size.shape().machines() == 1)
        .allMatch(size -> size.shape().cpu() >= 1 && size.shape().memoryKibibytes() >= 1024);
    assertThat(inventory.source()).isNotBlank();
  }

  @Test
  default void sizesAndImagesNameOnlyPlacesThatExist() {
    Inventory inventory = bench().connector().discover();
    Set<String> places =
        inventory.places().stream().map(p -> p.location().id()).collect(Collectors.toSet());
    assertThat(inventory.sizes()).allMatch(size -> places.containsAll(size.places()));
    assertThat(inventory.images()).allMatch(image -> places.containsAll(image.places()));
  }

  @Test
  default void aSizeWithoutIdStandsWhereSizesAreFreeAndNowhereElse() {
    Inventory inventory = bench().connector().discover();
    for (Place place : inventory.places()) {
      List<Inventory.Size> here =
          inventory.sizes().stream()
              .filter(s -> s.places().isEmpty() || s.places().contains(place.location().id()))
              .toList();
      boolean free = place.abilities().contains(Capability.FREE_SIZE);
      assertThat(here).as(place.location().id()).isNotEmpty();
      assertThat(here.stream().anyMatch(size -> size.id().isEmpty())).isEqualTo(free);
    }
  }

  @Test
  default void whatIsOfferedCanBeHad() {
    Inventory inventory = bench().connector().discover();
    Spot spot = bench().rig().spot();
    assertThat(inventory.images()).anyMatch(image -> image.id().equals(spot.image()));
    assertThat(inventory.places()).anyMatch(p -> p.location().id().equals(spot.location()));
    assertThat(inventory.sizes()).anyMatch(size -> size.id().equals(spot.size()));
    bench().started("had");
  }

  @Test
  @Alone
  default void quotaUseAndFreeCapacityFollowACreation() {
    Inventory before = bench().connector().discover();
    Amount taken = Promises.shape(bench());
    bench().started("counted");
    Inventory after = bench().connector().discover();
    if (!before.quotaLimit().equals(Amount.UNLIMITED)) {
      assertThat(after.quotaUsed().cpu()).isEqualTo(before.quotaUsed().cpu() + taken.cpu());
      assertThat(after.quotaUsed().memoryKibibytes())
          .isEqualTo(before.quotaUsed().memoryKibibytes() + taken.memoryKibibytes());
    }
    Amount free = place(before).free();
    if (!free.equals(Amount.UNLIMITED)) {
      assertThat(withoutDisk(place(after).free())).isEqualTo(withoutDisk(free.minus(taken)));
      assertThat(place(after).free().diskKilobytes())
          .isLessThanOrEqualTo(free.minus(taken).diskKilobytes());
    } else if (before.quotaLimit().equals(Amount.UNLIMITED)) {
      throw NotTried.unsupported("the provider tells neither quota nor free capacity");
    }
  }

  /** An image may take disk that no order speaks of. */
  private static Amount withoutDisk(Amount amount) {
    return new Amount(amount.machines(), amount.cpu(), amount.memoryKibibytes(), 0);
  }

  private Place place(Inventory inventory) {
    Stream<Place> here =
        inventory.places().stream()
            .filter(place -> place.location().id().equals(bench().rig().spot().location()));
    return here.findFirst().orElseThrow();
  }
}
