package io.meltemi.connector.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeConnectorTest {
  private static final Token TOKEN = new Token("t-1");
  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final MemoryNodeRecords records = new MemoryNodeRecords(clock);
  private final Connector connector = open();
  private final Wire wire = Wire.own();

  private Connector open() {
    return new NodeConnectorFactory()
        .open(
            Map.of(),
            new ConnectorFactory.Context(
                "account", clock, Outside.thisMachine(), Optional.of(records)));
  }

  @BeforeEach
  void join() {
    records.invite("join");
    records.enrol("join", "e", "key", "home");
    tells(1, "10.0.2.0/24");
  }

  /** The node tells of itself. */
  private void tells(long number, String network) {
    Set<Capability> abilities = EnumSet.allOf(Capability.class);
    abilities.removeAll(Set.of(Capability.SUSPEND, Capability.NETWORK_CHOICE));
    NodeReport report =
        new NodeReport(
            "1",
            "host",
            "x86_64",
            new NodeReport.Capacity(2, 4, 1_000_000, 10_000_000, 300_000),
            List.of(new NodeReport.Kind("qemu", "tcg", true, "", 1, "none", abilities, network)),
            List.of(new NodeReport.Image("meltemi", "Tiny", 98_304, 268_436)));
    records.heard("node-1", number, Optional.of(wire.text(report)));
  }

  @Test
  void discoveryListsThePlaceWithWhatIsLeft() {
    create();
    assertThat(connector.discover().places().getFirst().free())
        .isEqualTo(new Amount(1, 3, 1_000_000 - 131_072, 10_000_000, Long.MAX_VALUE));
    assertThat(connector.discover().images().getFirst().places()).containsExactly("node-1");
  }

  @Test
  void theSameCreateAgainIsTheSameMachine() {
    assertThat(create()).isEqualTo(create());
    assertThat(connector.machines().find(TOKEN)).hasSize(1);
  }

  @Test
  void aMachineThatDoesNotFitIsRefusedForCapacity() {
    MachineOrder giant = order(5, 131_072);
    assertThatThrownBy(() -> connector.machines().create(giant, spot("meltemi"), TOKEN))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CAPACITY));
  }

  @Test
  void theNetworkOfItsGuestsIsShownAndCanBeChosen() {
    Inventory found = connector.discover();
    assertThat(found.networks())
        .containsExactly(
            new Inventory.Network(
                "node-1",
                "guests of home",
                false,
                true,
                OptionalLong.empty(),
                List.of("10.0.2.0/24"),
                Set.of("node-1")));
    assertThat(found.places().getFirst().abilities()).contains(Capability.NETWORK_CHOICE);
    Handle machine = createIn("node-1");
    reports("10.0.2.15", "52:54:00:00:00:01");
    assertThat(connector.machines().read(machine).orElseThrow().addresses())
        .containsExactly(
            new Observation.Address(
                "10.0.2.15", "guests of home", Optional.of("52:54:00:00:00:01")));
  }

  @Test
  void whereGuestsHaveNoNetworkNoneIsShownAndNoneCanBeChosen() {
    tells(2, "");
    Inventory found = connector.discover();
    assertThat(found.networks()).isEmpty();
    assertThat(found.places().getFirst().abilities()).doesNotContain(Capability.NETWORK_CHOICE);
    refusesNetworks(Fault.UNSUPPORTED, "node home has no NETWORK_CHOICE", "node-1");
  }

  @Test
  void anotherNetworkThanTheNodesIsABadRequest() {
    refusesNetworks(Fault.BAD_REQUEST, "the network node-1 alone", "node-2");
  }

  @Test
  void aSecondCardIsUnsupported() {
    refusesNetworks(Fault.UNSUPPORTED, "has one card, wanted 2", "node-1", "node-1");
  }

  private void refusesNetworks(Fault fault, String words, String... networks) {
    assertThatThrownBy(() -> createIn(networks))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    assertThat(connector.machines().find(TOKEN)).isEmpty();
  }

  private Handle createIn(String... networks) {
    Spot named = new Spot("node-1", Optional.empty(), "meltemi", List.of(networks));
    return connector.machines().create(order(1, 131_072), named, TOKEN);
  }

  @Test
  void anActionWithoutItsAbilityIsUnsupported() {
    Handle machine = create();
    report(MachineState.STARTED, 1, 1);
    assertThatThrownBy(() -> connector.machines().act(machine, MachineAction.SUSPEND))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
  }

  @Test
  void aNewMachineIsCreatingUntilItsNodeSpeaks() {
    assertThat(state(create())).isEqualTo(MachineState.CREATING);
    report(MachineState.STARTED, 1, 1);
    assertThat(state(handle())).isEqualTo(MachineState.STARTED);
  }

  @Test
  void aRestartIsNotDoneBeforeTheSecondBoot() {
    Handle machine = create();
    report(MachineState.STARTED, 1, 1);
    connector.machines().act(machine, MachineAction.RESTART);
    assertThat(state(machine)).isEqualTo(MachineState.STOPPING);
    report(MachineState.STARTED, 1, 1);
    assertThat(state(machine)).isEqualTo(MachineState.STOPPING);
    report(MachineState.STARTED, 2, 2);
    assertThat(state(machine)).isEqualTo(MachineState.STARTED);
  }

  @Test
  void aGuestThatEndedByItselfIsStartedByOneMoreBoot() {
    Handle machine = create();
    report(MachineState.STOPPED, 1, 1);
    connector.machines().act(machine, MachineAction.START);
    assertThat(wanted().boots()).isEqualTo(2);
    assertThat(state(machine)).isEqualTo(MachineState.STARTING);
  }

  @Test
  void aPausedMachineGoesOnInTheSameBoot() {
    Handle machine = create();
    report(MachineState.STARTED, 1, 1);
    connector.machines().act(machine, MachineAction.PAUSE);
    report(MachineState.PAUSED, 2, 1);
    connector.machines().act(machine, MachineAction.START);
    assertThat(wanted())
        .extracting(WantedMachine::power, WantedMachine::boots)
        .containsExactly(Power.RUNNING, 1);
  }

  @Test
  void pausingAStoppedMachineIsABadRequest() {
    Handle machine = create();
    report(MachineState.STOPPED, 1, 1);
    assertThatThrownBy(() -> connector.machines().act(machine, MachineAction.PAUSE))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST));
  }

  @Test
  void stoppingTwiceWritesOnce() {
    Handle machine = create();
    report(MachineState.STARTED, 1, 1);
    connector.machines().act(machine, MachineAction.STOP);
    connector.machines().act(machine, MachineAction.STOP);
    assertThat(records.node("node-1").orElseThrow().wantedNumber()).isEqualTo(2);
  }

  @Test
  void aDeletedMachineIsThereUntilItsNodeSaysThatItIsGone() {
    Handle machine = create();
    report(MachineState.STARTED, 1, 1);
    connector.machines().delete(machine);
    assertThat(state(machine)).isEqualTo(MachineState.DELETING);
    records.partitions().forget("node-1", "m-t-1");
    assertThat(connector.machines().read(machine)).isEmpty();
    connector.machines().delete(machine);
  }

  @Test
  void aWatchTellsOfTheMachineWhoseReportChanged() throws Exception {
    Handle machine = create();
    List<Handle> told = new ArrayList<>();
    try (AutoCloseable watch = connector.watch(told::add)) {
      report(MachineState.STARTED, 1, 1);
      report(MachineState.STARTED, 1, 1);
    }
    assertThat(told).containsExactly(machine);
  }

  private Handle create() {
    return connector.machines().create(order(1, 131_072), spot("meltemi"), TOKEN);
  }

  private static Handle handle() {
    return new Handle("node-1/m-t-1");
  }

  private static Spot spot(String image) {
    return new Spot("node-1", Optional.empty(), image);
  }

  private MachineState state(Handle machine) {
    return connector.machines().read(machine).map(Observation::state).orElseThrow();
  }

  private WantedMachine wanted() {
    String json = records.partitions().read("node-1", "m-t-1").orElseThrow().wanted();
    return (WantedMachine) wire.read(json, Wanted.class);
  }

  private void report(MachineState state, long number, int boots) {
    reports(new ReportedMachine("m-t-1", number, false, state, "", boots, "", "", List.of()));
  }

  private void reports(String address, String mac) {
    reports(
        new ReportedMachine(
            "m-t-1", 1, false, MachineState.STARTED, "", 1, address, mac, List.of()));
  }

  private void reports(ReportedMachine report) {
    records.partitions().reported("node-1", "m-t-1", wire.text(report));
  }

  private static MachineOrder order(int cpu, long memory) {
    return new MachineOrder(
        "web",
        cpu,
        memory,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        "image",
        "Tiny",
        Optional.empty(),
        Optional.empty(),
        List.of(22, 80),
        MachineState.STARTED,
        Terms.NONE);
  }

  /** The broker was away for longer than a node may be silent. */
  @Test
  void anOrderForANodeThatHasNotDialledInYetWaitsForIt() {
    Instant back = clock.instant().plusSeconds(120);
    AtomicReference<Instant> now = new AtomicReference<>(back);
    Connector again =
        new NodeConnectorFactory()
            .open(
                Map.of(),
                new ConnectorFactory.Context(
                    "account", reading(now), Outside.thisMachine(), Optional.of(records)));
    assertThat(faultOfCreate(again)).isEqualTo(Fault.TRANSIENT);
    now.set(back.plusSeconds(61));
    assertThat(faultOfCreate(again)).isEqualTo(Fault.CAPACITY);
  }

  private static Fault faultOfCreate(Connector connector) {
    return catchThrowableOfType(
            ConnectorException.class,
            () -> connector.machines().create(order(1, 131_072), spot("meltemi"), TOKEN))
        .fault();
  }

  private static Clock reading(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }
}
