package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only vSphere does. Needs the vCenter of dev/vsphere, like the contract. */
class VSphereIT {
  private static final Lab LAB = new Lab();

  private final Connector connector = LAB.open(Map.of(), "own");
  private final Token token = new Token("own-" + UUID.randomUUID());
  private final List<Token> tokens = new ArrayList<>(List.of(token));

  @AfterEach
  void clear() {
    LAB.faults("clear");
    LAB.faults("task-delay", "100");
    tokens.forEach(this::remove);
    connector.close();
  }

  /** As a broker does it: again, while the vCenter is busy with it. */
  private void remove(Token made) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(ConnectorException.class)
        .until(() -> {
          connector.machines().find(made).forEach(connector.machines()::delete);
          connector.images().find(made).forEach(connector.images()::delete);
          return connector.machines().find(made).isEmpty()
              && connector.images().find(made).isEmpty();
        });
  }

  private Handle create(Connector by, MachineOrder order) {
    return by.machines().create(order, new Spot("DC0_C0", Optional.empty(), LAB.template()), token);
  }

  private static MachineOrder with(
      MachineOrder plain, List<Long> disksKilobytes, Optional<String> userDataBase64) {
    return new MachineOrder(
        plain.name(),
        plain.cpu(),
        plain.memoryKibibytes(),
        disksKilobytes,
        Optional.empty(),
        OptionalInt.empty(),
        plain.image(),
        plain.imageName(),
        userDataBase64,
        Optional.empty(),
        List.of(),
        plain.initialState(),
        plain.terms());
  }

  private void reaches(Handle machine, MachineState state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            connector.machines().read(machine).map(Observation::state).equals(Optional.of(state)));
  }

  private void reaches(Handle image, Images.State state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> connector.images().read(image).filter(made -> made.state() == state).isPresent());
  }

  private static Fault fault(Runnable call) {
    return failure(call).fault();
  }

  private static ConnectorException failure(Runnable call) {
    return catchThrowableOfType(ConnectorException.class, call::run);
  }

  @Test
  void aCloneThatABrokerLeftBehindIsFoundByTheNextWhileItRuns() {
    LAB.faults("task-delay", "6000");
    Handle machine;
    try (Connector dying = LAB.open(Map.of(), "own")) {
      machine = create(dying, Orders.plain("orphan", 1, 524288));
    }
    assertThat(connector.machines().find(token)).containsExactly(machine);
    Observation seen = connector.machines().read(machine).orElseThrow();
    assertThat(seen.state()).isEqualTo(MachineState.CREATING);
    assertThat(seen.name()).isEqualTo("orphan");
    assertThat(fault(() -> connector.machines().delete(machine))).isEqualTo(Fault.TRANSIENT);
    reaches(machine, MachineState.STOPPED);
    assertThat(connector.machines().read(machine).orElseThrow().token()).contains(token);
    assertThat(LAB.vc("bearers", "own").lines()).hasSize(1);
  }

  @Test
  void whyACloneFailedWhileNoBrokerWasThereIsToldToTheNext() {
    LAB.lateFaults(
        3000, "fail-task", "CloneVM_Task", "InsufficientMemoryResourcesFault", "no memory left");
    Handle machine;
    try (Connector dying = LAB.open(Map.of(), "own")) {
      machine = create(dying, Orders.plain("orphan", 1, 524288));
    }
    reaches(machine, MachineState.ERROR);
    assertThat(connector.machines().find(token)).containsExactly(machine);
    Observation seen = connector.machines().read(machine).orElseThrow();
    assertThat(seen.name()).isEqualTo("orphan");
    assertThat(seen.reason())
        .hasValueSatisfying(words -> assertThat(words).contains("no memory left"));
    try (Connector other = LAB.open(Map.of(), "other")) {
      assertThat(other.machines().find(token)).isEmpty();
    }
    connector.machines().delete(machine);
    assertThat(connector.machines().find(token)).isEmpty();
    assertThat(connector.machines().read(machine)).isEmpty();
  }

  @Test
  void whyACaptureFailedWhileNoBrokerWasThereIsToldToTheNext() {
    Handle machine = create(connector, Orders.plain("sitter", 1, 524288));
    reaches(machine, MachineState.STOPPED);
    Token ofImage = token.attempt(1);
    tokens.add(ofImage);
    LAB.lateFaults(3000, "fail-task", "CloneVM_Task", "NoDiskSpace", "no room left");
    Handle image;
    try (Connector dying = LAB.open(Map.of(), "own")) {
      image = dying.machines().capture(machine, "portrait", ofImage);
    }
    reaches(image, Images.State.FAILED);
    assertThat(connector.images().read(image).orElseThrow().reason())
        .hasValueSatisfying(words -> assertThat(words).contains("no room left"));
    connector.images().delete(image);
    assertThat(connector.images().find(ofImage)).isEmpty();
  }

  @Test
  void aRevertThatFailedWhileNoBrokerWasThereIsToldToTheNext() {
    Handle machine = create(connector, Orders.plain("reverted", 1, 524288));
    reaches(machine, MachineState.STOPPED);
    Handle snapshot = connector.machineSnapshots().take(machine, "before", token);
    Awaitility.await().until(() -> taken(connector, snapshot).state() == Images.State.READY);
    LAB.faults("task-delay", "3000");
    LAB.lateFaults(3000, "fail-task", "RevertToSnapshot_Task", "FileNotFound", "no such disk");
    try (Connector dying = LAB.open(Map.of(), "own")) {
      dying.machineSnapshots().restore(machine, snapshot);
    }
    try (Connector next = LAB.open(Map.of(), "own")) {
      assertThat(next.machines().read(machine).orElseThrow().state())
          .isEqualTo(MachineState.RESTORING);
      reaches(machine, MachineState.STOPPED);
      assertThat(taken(next, snapshot).reason())
          .hasValueSatisfying(words -> assertThat(words).contains("no such disk"));
      next.machineSnapshots().restore(machine, snapshot);
      assertThat(taken(next, snapshot).reason()).isEmpty();
    }
  }

  private static Snapshots.Taken taken(Connector by, Handle snapshot) {
    return by.machineSnapshots().read(snapshot).orElseThrow();
  }

  @Test
  void aMachineIsMadeWhenItsCloneHasEndedAndNotBefore() {
    LAB.faults("task-delay", "3000");
    Handle machine = create(connector, Orders.plain("patient", 1, 524288));
    assertThat(connector.machines().list().stream().map(Observation::state))
        .containsExactly(MachineState.CREATING);
    reaches(machine, MachineState.STOPPED);
    LAB.faults("task-delay", "100");
    connector.machines().act(machine, MachineAction.START);
    reaches(machine, MachineState.STARTED);
  }

  @Test
  void aSecondCloneUnderTheSameTokenIsRefusedByTheVCenterAndFound() {
    Handle first = create(connector, Orders.plain("twin", 1, 524288));
    reaches(first, MachineState.STOPPED);
    assertThat(fault(() -> create(connector, Orders.plain("twin", 1, 524288))))
        .isEqualTo(Fault.UNKNOWN);
    assertThat(connector.machines().find(token)).containsExactly(first);
    assertThat(LAB.vc("bearers", "own").lines()).hasSize(1);
  }

  @Test
  void aCopyThatPeopleMakeIsNotOurs() {
    Handle ours = create(connector, Orders.plain("original", 1, 524288));
    reaches(ours, MachineState.STOPPED);
    String copy = LAB.vc("copy", ours.value(), "a-copy");
    try {
      assertThat(LAB.vc("setting", copy, "meltemi.token")).isEqualTo(token.value());
      assertThat(connector.machines().find(token)).containsExactly(ours);
      assertThat(connector.machines().list().stream().map(Observation::handle))
          .contains(ours)
          .doesNotContain(new Handle(copy));
      assertThat(connector.machines().read(new Handle(copy)).orElseThrow().token()).isEmpty();
    } finally {
      LAB.vc("remove", copy);
    }
  }

  @Test
  void disksMemoryAndNetworkAreThoseOfTheOrder() {
    MachineOrder order =
        with(
            Orders.plain("shaped", 2, 524289), List.of(10_000_000L, 20_000_000L), Optional.empty());
    try (Connector plugged = LAB.open(Map.of("networks", "net-private, VM Network"), "own")) {
      Handle machine = create(plugged, order);
      reaches(machine, MachineState.STOPPED);
      List<String> devices = LAB.vc("devices", machine.value()).lines().toList();
      assertThat(devices)
          .anyMatch(device -> device.startsWith("VirtualDisk\t9765625\t"))
          .anyMatch(device -> device.startsWith("VirtualDisk\t19531250\t"));
      assertThat(devices.stream().filter(device -> device.startsWith("VirtualVmxnet3")))
          .hasSize(2)
          .anyMatch(device -> device.contains("VM Network"))
          .anyMatch(device -> device.contains("dvportgroup"));
      Observation seen = connector.machines().read(machine).orElseThrow();
      assertThat(seen.shape().orElseThrow().memoryKibibytes()).isEqualTo(516 * 1024);
      assertThat(seen.shape().orElseThrow().diskKilobytes()).isEqualTo(30_000_000);
    }
  }

  @Test
  void theUplinksOfASwitchAreNoNetwork() {
    assertThat(connector.discover().networks().stream().map(Inventory.Network::name))
        .contains("DC0_DVPG0", "net-private", "VM Network")
        .noneMatch(name -> name.contains("Uplinks"));
  }

  @Test
  void aNetworkOrFolderThatIsNotThereIsUnsupportedAndNamed() {
    try (Connector lost = LAB.open(Map.of("networks", "nowhere"), "own")) {
      ConnectorException failure = failure(() -> create(lost, Orders.plain("lost", 1, 524288)));
      assertThat(failure.fault()).isEqualTo(Fault.UNSUPPORTED);
      assertThat(failure.reason()).contains("nowhere");
    }
    try (Connector lost = LAB.open(Map.of("folder", "no/such"), "own")) {
      assertThat(failure(lost::discover).reason()).contains("no/such");
    }
  }

  @Test
  void anImageInheritsNoUserData() {
    MachineOrder order =
        with(Orders.plain("secret", 1, 524288), List.of(), Optional.of("c2VjcmV0"));
    Handle machine = create(connector, order);
    reaches(machine, MachineState.STOPPED);
    Token ofImage = token.attempt(1);
    tokens.add(ofImage);
    Handle image = connector.machines().capture(machine, "portrait", ofImage);
    reaches(image, Images.State.READY);
    assertThat(LAB.vc("setting", machine.value(), "guestinfo.userdata")).isEqualTo("c2VjcmV0");
    assertThat(LAB.vc("setting", image.value(), "guestinfo.userdata")).isEmpty();
    assertThat(LAB.vc("setting", image.value(), "guestinfo.metadata")).isEmpty();
  }

  @Test
  void aSessionThatTheVCenterForgotIsOpenedAgain() {
    connector.discover();
    LAB.faults("end-sessions");
    assertThat(connector.discover().images()).isNotEmpty();
  }

  @Test
  void aCertificateThatIsNotBelievedIsRefusedAndNothingIsSent() {
    try (Connector strict = LAB.open(Map.of("certificates", " "), "own")) {
      ConnectorException failure = failure(strict::discover);
      assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
      assertThat(failure.reason()).contains("is not trusted");
    }
  }

  @Test
  void anAbilityGoesAndComesWithItsPrivilege() {
    Handle machine = create(connector, Orders.plain("bound", 1, 524288));
    reaches(machine, MachineState.STOPPED);
    connector.machines().act(machine, MachineAction.START);
    reaches(machine, MachineState.STARTED);
    LAB.faults("deny", "VirtualMachine.Interact.Suspend");
    assertThat(abilities()).doesNotContain(Capability.SUSPEND).contains(Capability.START);
    ConnectorException refused =
        failure(() -> connector.machines().act(machine, MachineAction.SUSPEND));
    assertThat(refused.fault()).isEqualTo(Fault.UNSUPPORTED);
    assertThat(refused.reason()).contains("Permission");
    LAB.faults("deny");
    assertThat(abilities()).contains(Capability.SUSPEND);
    connector.machines().act(machine, MachineAction.SUSPEND);
    reaches(machine, MachineState.SUSPENDED);
  }

  @Test
  void theGuestIsAskedToStopAndToRestartUnlessItIsForced() {
    Handle machine = create(connector, Orders.plain("asked", 1, 524288));
    reaches(machine, MachineState.STOPPED);
    acts(machine, MachineAction.START, MachineState.STARTED);
    assertThat(calledBy(() -> acts(machine, MachineAction.RESTART, MachineState.STARTED)))
        .containsExactly("RebootGuest");
    assertThat(calledBy(() -> acts(machine, MachineAction.FORCE_RESTART, MachineState.STARTED)))
        .containsExactly("ResetVM_Task");
    assertThat(calledBy(() -> acts(machine, MachineAction.STOP, MachineState.STOPPED)))
        .containsExactly("ShutdownGuest");
    acts(machine, MachineAction.START, MachineState.STARTED);
    assertThat(calledBy(() -> acts(machine, MachineAction.FORCE_STOP, MachineState.STOPPED)))
        .containsExactly("PowerOffVM_Task");
  }

  /** As a broker does it: again, while the guest's tools do not run yet. */
  private void acts(Handle machine, MachineAction action, MachineState after) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(ConnectorException.class)
        .until(() -> {
          connector.machines().act(machine, action);
          return true;
        });
    reaches(machine, after);
  }

  /** Those of the calls that stop or restart a machine which the vCenter got. */
  private static List<String> calledBy(Runnable action) {
    List<String> all = List.of("ShutdownGuest", "RebootGuest", "PowerOffVM_Task", "ResetVM_Task");
    List<Long> before = all.stream().map(LAB::calls).toList();
    action.run();
    return IntStream.range(0, all.size())
        .filter(one -> LAB.calls(all.get(one)) > before.get(one))
        .mapToObj(all::get)
        .toList();
  }

  private Set<Capability> abilities() {
    return connector.discover().places().getFirst().abilities();
  }

  @Test
  void whatAVCenterRefusesLateIsToldInItsWords() {
    Handle machine = create(connector, Orders.plain("late", 1, 524288));
    reaches(machine, MachineState.STOPPED);
    LAB.faults("fail-task", "PowerOnVM_Task", "InsufficientMemoryResourcesFault", "no memory left");
    ConnectorException refused =
        failure(() -> connector.machines().act(machine, MachineAction.START));
    assertThat(refused.fault()).isEqualTo(Fault.CAPACITY);
    assertThat(refused.reason()).contains("no memory left");
  }
}
