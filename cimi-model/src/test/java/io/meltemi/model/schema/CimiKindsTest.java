package io.meltemi.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.model.schema.ResourceKind.Metering;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CimiKindsTest {
  private final Kinds kinds = new Kinds(CimiKinds.all());

  @Test
  void theEntryPointLinksEveryCollectionOfItsFace() {
    ResourceKind entryPoint = kinds.get("CloudEntryPoint");
    assertThat(entryPoint.attributes(Face.CIMI_1))
        .containsKeys("baseURI", "resourceMetadata", "machines", "addresses", "jobs")
        .doesNotContainKeys("segments", "endpoints");
    assertThat(entryPoint.attributes(Face.CIMI_2))
        .containsKeys("machines", "machineConfigs", "segments", "endpoints")
        .doesNotContainKey("addresses");
  }

  @Test
  void theBrokersOwnCollectionsAreExtensionsOfTheEntryPoint() {
    ResourceKind offer =
        Declare.kind("Offer")
            .only(Face.BROKER_1)
            .collection("offers", "offers")
            .metering(Metering.NONE);
    Kinds more = new Kinds(CimiKinds.with(List.of(offer)));
    for (Face face : List.of(Face.CIMI_1, Face.CIMI_2)) {
      assertThat(more.get("CloudEntryPoint").attributes(face))
          .hasEntrySatisfying("offers", offers -> assertThat(offers.extension()).isPresent());
    }
    assertThat(more.home("offers/o1", Face.CIMI_1)).isEqualTo(Face.BROKER_1);
    assertThat(more.home("machines/m1", Face.BROKER_1)).isEqualTo(Face.CIMI_2);
    assertThat(more.home("machines/m1", Face.CIMI_1)).isEqualTo(Face.CIMI_1);
  }

  @Test
  void aCollectionBelowAMachineHasTheItemsOfItsFace() {
    Optional<String> machine = Optional.of("Machine");
    assertThat(kinds.in(Face.CIMI_1, machine, "volumes")).contains(kinds.get("MachineVolume"));
    assertThat(kinds.in(Face.CIMI_2, machine, "volumes")).contains(kinds.get("locatedVolume"));
    assertThat(kinds.in(Face.CIMI_2, machine, "snapshots")).contains(kinds.get("MachineImage"));
    assertThat(kinds.in(Face.CIMI_1, machine, "interfaces")).isEmpty();
    assertThat(kinds.in(Face.CIMI_1, Optional.empty(), "segments")).isEmpty();
  }

  @Test
  void aMachineStartsFromRestOnly() {
    Operation start = kinds.get("Machine").operation("start", Face.CIMI_2).orElseThrow();
    assertThat(start.allowedIn("SUSPENDED")).isTrue();
    assertThat(start.allowedIn("STARTED")).isFalse();
    assertThat(start.rel(Face.CIMI_2)).isEqualTo("http://schemas.dmtf.org/cimi/2/action/start");
    assertThat(start.path("machines/m1")).isEqualTo("machines/m1/start");
  }

  @Test
  void captureIsAskedForAtTheImagesInTheOldVersion() {
    ResourceKind machine = kinds.get("Machine");
    assertThat(machine.operation("capture", Face.CIMI_1).orElseThrow().path("machines/m1"))
        .isEqualTo("machineImages");
    assertThat(machine.operation("capture", Face.CIMI_2).orElseThrow().path("machines/m1"))
        .isEqualTo("machines/m1/capture");
  }

  @Test
  void whatACollectionHoldsIsDeclared() {
    for (ResourceKind kind : kinds.all()) {
      for (Attribute attribute : kind.attributes()) {
        if (attribute.type() instanceof Type.Members members) {
          assertThat(kinds.find(members.item()))
              .as(kind.name() + "." + attribute.name())
              .isPresent();
        }
      }
    }
  }

  /** R15. */
  @Test
  void namesAreIdentifiers() {
    for (ResourceKind kind : CimiKinds.all()) {
      assertThat(kind.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
      assertThat(kind.attributes())
          .allSatisfy(each -> assertThat(each.name()).matches("[A-Za-z_][A-Za-z0-9_]*"));
      assertThat(kind.operations())
          .allSatisfy(each -> assertThat(each.name()).matches("[A-Za-z_][A-Za-z0-9_]*"));
    }
  }

  @Test
  void aNameIsDeclaredOnce() {
    List<ResourceKind> twice = List.of(kinds.get("Job"), kinds.get("Job"));
    assertThatThrownBy(() -> new Kinds(twice)).hasMessage("declared twice: Job");
  }
}
