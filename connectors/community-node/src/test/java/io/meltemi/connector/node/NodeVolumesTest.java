package io.meltemi.connector.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of volumes; the node's part is played by its reports. */
class NodeVolumesTest {
  private static final Token TOKEN = new Token("t-1");
  private static final Handle VOLUME = new Handle("node-1/v-t-1");
  private static final Handle MACHINE = new Handle("node-1/m-1");
  private static final Handle OTHER = new Handle("node-1/m-2");
  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);

  private final MemoryNodeRecords records = new MemoryNodeRecords(Clock.systemUTC());
  private final Connector connector =
      new NodeConnectorFactory()
          .open(
              Map.of(),
              new ConnectorFactory.Context(
                  "account", Clock.systemUTC(), Outside.thisMachine(), Optional.of(records)));
  private final Wire wire = Wire.own();
  private long heard;

  @BeforeEach
  void join() {
    records.invite("join");
    records.enrol("join", "e", "key", "home");
    nodeHas(ALL);
    machine("m-1", MachineState.STARTED);
    machine("m-2", MachineState.STARTED);
  }

  private void nodeHas(Set<Capability> abilities) {
    NodeReport report =
        new NodeReport(
            "2",
            "host",
            "x86_64",
            new NodeReport.Capacity(9, 9, 9_000_000, 1_000_000, 0),
            List.of(new NodeReport.Kind("qemu", "tcg", true, "", 1, "none", abilities, "")),
            List.of());
    records.heard("node-1", ++heard, Optional.of(wire.text(report)));
  }

  private void machine(String id, MachineState state) {
    Power power = state == MachineState.SUSPENDED ? Power.SUSPENDED : Power.RUNNING;
    WantedMachine wanted =
        new WantedMachine(
            id, id, id, power, 1, false, "meltemi", 1, 131_072, List.of(), "", List.of(),
            List.of());
    long number = records.partitions().want("node-1", id, new Token(id), wire.text(wanted));
    ReportedMachine told = new ReportedMachine(id, number, false, state, "", 1, "", "", List.of());
    records.partitions().reported("node-1", id, wire.text(told));
  }

  private Handle create(long kilobytes, Optional<Handle> snapshot, Token token) {
    return connector
        .volumes()
        .create(
            new VolumeOrder("data", kilobytes, Optional.empty(), Terms.NONE),
            new VolumeSpot("node-1", Optional.empty(), snapshot),
            token);
  }

  /** A volume which its node has made. */
  private void made() {
    create(400_000, Optional.empty(), TOKEN);
    told(VolumeState.AVAILABLE, "");
  }

  private void told(VolumeState state, String machine) {
    records
        .partitions()
        .reported(
            "node-1",
            "v-t-1",
            wire.text(new ReportedVolume("v-t-1", 1, false, state, "", machine)));
  }

  private VolumeObservation seen() {
    return connector.volumes().read(VOLUME).orElseThrow();
  }

  private WantedVolume wanted() {
    return (WantedVolume)
        wire.read(
            records.partitions().read("node-1", "v-t-1").orElseThrow().wanted(), Wanted.class);
  }

  private static Fault fault(Runnable call) {
    return catchThrowableOfType(ConnectorException.class, call::run).fault();
  }

  @Test
  void aVolumeIsCreatingUntilItsNodeSpeaks() {
    create(400_000, Optional.empty(), TOKEN);
    assertThat(seen().state()).isEqualTo(VolumeState.CREATING);
    told(VolumeState.AVAILABLE, "");
    assertThat(seen().state()).isEqualTo(VolumeState.AVAILABLE);
  }

  @Test
  void theSameCreateAgainDoesNotDetachWhatIsThere() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    assertThat(create(400_000, Optional.empty(), TOKEN)).isEqualTo(VOLUME);
    assertThat(wanted().machine()).isEqualTo("m-1");
  }

  @Test
  void volumesAndSnapshotsTakeFromTheDiskThatIsLeft() {
    made();
    connector.volumes().snapshot(VOLUME, "moment", new Token("t-2"));
    assertThat(connector.discover().places().getFirst().free().diskKilobytes()).isEqualTo(200_000);
    assertThat(fault(() -> create(400_000, Optional.empty(), new Token("t-3"))))
        .isEqualTo(Fault.CAPACITY);
    assertThat(connector.volumes().find(new Token("t-3"))).isEmpty();
  }

  @Test
  void aVolumeOnItsWayToAMachineIsNotShownThereAndRefusedToAnother() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    assertThat(seen().attachments()).isEmpty();
    assertThat(fault(() -> connector.volumes().attach(VOLUME, OTHER))).isEqualTo(Fault.BAD_REQUEST);
    assertThat(fault(() -> connector.volumes().delete(VOLUME))).isEqualTo(Fault.BAD_REQUEST);
    told(VolumeState.AVAILABLE, "m-1");
    assertThat(seen().attachedTo(MACHINE)).isTrue();
  }

  @Test
  void aVolumeOnItsWayOffIsShownAndRefusedToAnotherUntilItIsGone() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    told(VolumeState.AVAILABLE, "m-1");
    connector.volumes().detach(VOLUME, MACHINE);
    assertThat(seen().attachedTo(MACHINE)).isTrue();
    assertThat(fault(() -> connector.volumes().attach(VOLUME, OTHER))).isEqualTo(Fault.BAD_REQUEST);
    told(VolumeState.AVAILABLE, "");
    connector.volumes().attach(VOLUME, OTHER);
    assertThat(wanted().machine()).isEqualTo("m-2");
  }

  @Test
  void aVolumeWhoseMachineIsGoneIsFree() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    told(VolumeState.AVAILABLE, "m-1");
    records.partitions().forget("node-1", "m-1");
    assertThat(seen().attachments()).isEmpty();
    connector.volumes().attach(VOLUME, OTHER);
    assertThat(wanted().machine()).isEqualTo("m-2");
  }

  @Test
  void aVolumeThatAGoingMachineHasLetGoOfIsFree() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    told(VolumeState.AVAILABLE, "m-1");
    connector.machines().delete(MACHINE);
    assertThat(fault(() -> connector.volumes().delete(VOLUME))).isEqualTo(Fault.BAD_REQUEST);
    told(VolumeState.AVAILABLE, "");
    connector.volumes().delete(VOLUME);
    assertThat(wanted().absent()).isTrue();
  }

  @Test
  void whatIsNoHandleOfANodeIsUnknown() {
    assertThat(connector.volumes().read(new Handle("no-volume"))).isEmpty();
    connector.volumes().delete(new Handle("no-volume"));
  }

  @Test
  void savedMemoryHoldsItsVolumes() {
    made();
    connector.volumes().attach(VOLUME, MACHINE);
    machine("m-1", MachineState.SUSPENDED);
    machine("m-2", MachineState.SUSPENDED);
    assertThat(fault(() -> connector.volumes().detach(VOLUME, MACHINE)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(wanted().machine()).isEqualTo("m-1");
  }

  @Test
  void aMachineTakesSoManyVolumesAndNoMore() {
    for (int i = 0; i <= WantedMachine.MOST_VOLUMES; i++) {
      Handle volume = create(1_000, Optional.empty(), new Token("n-" + i));
      ReportedVolume told = new ReportedVolume("v-n-" + i, 1, false, VolumeState.AVAILABLE, "", "");
      records.partitions().reported("node-1", "v-n-" + i, wire.text(told));
      if (i < WantedMachine.MOST_VOLUMES) {
        connector.volumes().attach(volume, MACHINE);
      } else {
        assertThat(fault(() -> connector.volumes().attach(volume, MACHINE)))
            .isEqualTo(Fault.BAD_REQUEST);
      }
    }
  }

  @Test
  void aNodeCannotNameAMachineThatItDoesNotHave() {
    made();
    told(VolumeState.AVAILABLE, "m-9");
    assertThat(seen().attachments()).isEmpty();
    told(VolumeState.AVAILABLE, "v-t-1");
    assertThat(seen().attachments()).isEmpty();
  }

  @Test
  void whatBeginsAsASnapshotIsNotSmallerThanThat() {
    made();
    Handle snapshot = connector.volumes().snapshot(VOLUME, "moment", new Token("t-2"));
    ReportedSnapshot ready = new ReportedSnapshot("s-t-2", 1, false, Images.State.READY, "");
    records.partitions().reported("node-1", "s-t-2", wire.text(ready));
    connector.volumes().delete(VOLUME);
    records.partitions().forget("node-1", "v-t-1");
    Handle copy = create(1_000, Optional.of(snapshot), new Token("t-3"));
    assertThat(connector.volumes().read(copy).orElseThrow().capacityKilobytes()).isEqualTo(400_000);
  }

  @Test
  void aNodeWithoutVolumesRefusesThemAndOffersNone() {
    nodeHas(EnumSet.of(Capability.START));
    assertThat(fault(() -> create(1_000, Optional.empty(), TOKEN))).isEqualTo(Fault.UNSUPPORTED);
    assertThat(fault(() -> connector.volumes().attach(VOLUME, MACHINE)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(connector.discover().storage().types()).isEmpty();
    assertThat(connector.discover().places().getFirst().free().volumes()).isZero();
  }
}
