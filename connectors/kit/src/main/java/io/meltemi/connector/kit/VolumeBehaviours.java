package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.VolumeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Volumes: made, looked at and gone. */
interface VolumeBehaviours extends Behaviours {
  private VolumeBench volumes() {
    return bench().volumes().needed();
  }

  @Test
  default void aCreatedVolumeBearsItsTokenAndIsFound() {
    Token token = bench().token();
    Handle volume = volumes().create("bears", token);
    assertThat(volumes().read(volume).token()).contains(token);
    assertThat(volumes().all().find(token)).containsExactly(volume);
  }

  @Test
  default void oneVolumeCreationMakesOneVolume() {
    int before = volumes().all().list().size();
    Token token = bench().token();
    volumes().available(volumes().create("single", token));
    assertThat(volumes().all().find(token)).hasSize(1);
    assertThat(volumes().all().list()).hasSize(before + 1);
  }

  @Test
  default void aNewVolumeBecomesAvailableAndHoldsWhatWasOrdered() {
    Handle volume = volumes().available("holds");
    VolumeObservation seen = volumes().read(volume);
    assertThat(seen.capacityKilobytes())
        .isGreaterThanOrEqualTo(bench().rig().volume("any").capacityKilobytes());
    assertThat(seen.attachments()).isEmpty();
  }

  @Test
  default void theNameOfAVolumeReachesTheProvider() {
    Handle volume = volumes().create("named-by-the-order");
    assertThat(volumes().read(volume).name()).isEqualTo("named-by-the-order");
  }

  @Test
  @Alone
  default void aVolumeThatFailsToBuildShowsErrorAndTheProvidersReason() {
    VolumeBench volumes = volumes();
    String words = bench().power(bench().rig().endsVolumeBadly(), "make volumes fail").get();
    Token token = bench().token();
    Handle volume = volumes.create("doomed", token);
    volumes.reaches(volume, VolumeState.ERROR);
    // Some write the reason down a moment after the state.
    bench().await("the words why", () -> volumes.read(volume).reason().orElse("").contains(words));
    assertThat(volumes.all().find(token)).containsExactly(volume);
  }

  @Test
  default void findingAVolumeByAnUnknownTokenIsEmpty() {
    bench().volumes().assertNone(bench().token());
  }

  @Test
  default void findTakesTheWholeTokenOfAVolume() {
    Token token = bench().token();
    Token second = token.attempt(1);
    Handle volume = volumes().create("attempt", second);
    try {
      volumes().assertNone(token);
      assertThat(volumes().all().find(second)).containsExactly(volume);
    } finally {
      bench().comes(() -> volumes().read(volume).state() == VolumeState.AVAILABLE);
      volumes().all().delete(volume);
    }
  }

  @Test
  default void readingAnUnknownVolumeIsEmpty() {
    Handle volume = volumes().create("known");
    assertThat(volumes().all().read(ReadingBehaviours.Handles.unknownLike(volume))).isEmpty();
  }

  @Test
  default void theListHoldsEveryVolumeOnceAsItIsRead() {
    Handle first = volumes().available("first");
    Handle second = volumes().available("second");
    List<VolumeObservation> list = volumes().all().list();
    assertThat(list.stream().map(VolumeObservation::handle))
        .doesNotHaveDuplicates()
        .contains(first, second);
    assertThat(list).allMatch(volume -> volume.token().isPresent());
    assertThat(list)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("observed")
        .contains(volumes().read(first), volumes().read(second));
  }

  @Test
  default void aVolumeIsNoMachineAndAMachineNoVolume() {
    Token ofVolume = bench().token();
    Token ofMachine = bench().token();
    volumes().create("volume", ofVolume);
    bench().create(bench().rig().order("machine"), ofMachine);
    assertThat(bench().machines().find(ofVolume)).isEmpty();
    volumes().assertNone(ofMachine);
  }

  @Test
  default void aDeletedVolumeIsGoneAndCanBeDeletedAgain() {
    Token token = bench().token();
    Handle volume = volumes().available(volumes().create("gone", token));
    volumes().all().delete(volume);
    volumes().vanishes(volume);
    volumes().assertNone(token);
    assertThatCode(() -> volumes().all().delete(volume)).doesNotThrowAnyException();
  }

  @Test
  default void deletingAnUnknownVolumeSucceedsAndLeavesTheOthers() {
    Handle volume = volumes().available("stays");
    Handle unknown = ReadingBehaviours.Handles.unknownLike(volume);
    assertThatCode(() -> volumes().all().delete(unknown)).doesNotThrowAnyException();
    assertThat(volumes().read(volume).state()).isEqualTo(VolumeState.AVAILABLE);
  }

  @Test
  default void volumesOfAnotherBrokerAreNeitherListedNorFound() {
    VolumeBench volumes = volumes();
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      Token token = bench().token();
      Handle theirs =
          other.volumes().create(bench().rig().volume("theirs"), bench().rig().volumeSpot(), token);
      try {
        volumes.assertNone(token);
        assertThat(volumes.all().list().stream().map(VolumeObservation::handle))
            .doesNotContain(theirs);
        assertThat(other.volumes().find(token)).containsExactly(theirs);
      } finally {
        volumes.reaches(theirs, VolumeState.AVAILABLE);
        other.volumes().delete(theirs);
      }
    }
  }

  @Test
  default void anotherConnectorOfTheAccountSeesTheSameVolumes() {
    Token token = bench().token();
    Handle volume = volumes().create("shared", token);
    try (Connector second = bench().rig().open()) {
      assertThat(second.volumes().find(token)).containsExactly(volume);
    }
  }

  @Test
  default void aPlaceHasVolumeTypesExactlyWhereVolumesCanBeMade() {
    Inventory inventory = bench().connector().discover();
    Set<String> places =
        inventory.places().stream()
            .filter(place -> place.abilities().contains(Capability.VOLUME_CREATE))
            .map(place -> place.location().id())
            .collect(Collectors.toSet());
    List<Inventory.VolumeType> types = inventory.storage().types();
    assertThat(types).allMatch(type -> places.containsAll(type.places()));
    assertThat(types).allMatch(type -> type.mostKilobytes() > 0);
    assertThat(types.stream().map(Inventory.VolumeType::id)).doesNotHaveDuplicates();
    assertThat(places)
        .allMatch(place ->
            types.stream()
                .anyMatch(type -> type.places().isEmpty() || type.places().contains(place)));
    assertThat(places.isEmpty()).isEqualTo(types.isEmpty());
  }

  @Test
  @Alone
  default void quotaUseAndFreeCapacityFollowAVolume() {
    VolumeBench volumes = volumes();
    Inventory before = bench().connector().discover();
    Handle volume = volumes.available("counted");
    long holds = volumes.read(volume).capacityKilobytes();
    Inventory.Storage after = bench().connector().discover().storage();
    Inventory.Storage storage = before.storage();
    if (storage.quotaLimit().volumes() == Long.MAX_VALUE
        && storage.quotaLimit().diskKilobytes() == Long.MAX_VALUE) {
      throw NotTried.unsupported("the provider tells no quota of volumes");
    }
    assertThat(after.quotaUsed().volumes()).isEqualTo(storage.quotaUsed().volumes() + 1);
    // A provider that counts in other units rounds the sum and each volume.
    assertThat(after.quotaUsed().diskKilobytes() - storage.quotaUsed().diskKilobytes())
        .isCloseTo(holds, within(1L));
  }

  @Test
  @Alone
  default void anExhaustedVolumeQuotaIsQuotaAndLeavesNothing() {
    VolumeBench volumes = volumes();
    bench().power(bench().rig().exhaustsVolumeQuota(), "exhaust the quota of volumes").run();
    Token token = bench().token();
    assertThat(Bench.fault(() -> volumes.create("surplus", token))).isEqualTo(Fault.QUOTA);
    volumes.assertNone(token);
  }

  @Test
  default void anUnknownVolumeTypeIsABadRequest() {
    assertBadRequest(
        new VolumeSpot(
            bench().rig().volumeSpot().location(), Optional.of("no-such-type"), Optional.empty()));
  }

  @Test
  default void anUnknownPlaceOfAVolumeIsABadRequest() {
    assertBadRequest(
        new VolumeSpot("no-such-place", bench().rig().volumeSpot().type(), Optional.empty()));
  }

  private void assertBadRequest(VolumeSpot spot) {
    VolumeBench volumes = volumes();
    Token token = bench().token();
    assertThat(Bench.fault(() -> volumes.create("wrong", spot, token)))
        .isEqualTo(Fault.BAD_REQUEST);
    volumes.assertNone(token);
  }

  @Test
  default void aVolumeIsRefusedAsUnsupportedWhereNoneAreOffered() {
    String place = Places.lacking(bench(), Capability.VOLUME_CREATE).location();
    VolumeSpot spot = new VolumeSpot(place, bench().rig().volumeSpot().type(), Optional.empty());
    Token token = bench().token();
    assertThat(Bench.fault(() -> bench().volumes().create("never", spot, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    bench().volumes().assertNone(token);
  }
}
