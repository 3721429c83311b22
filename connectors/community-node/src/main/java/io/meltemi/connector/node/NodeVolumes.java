package io.meltemi.connector.node;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.connector.node.NodeDirectory.Entry;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Volumes as rows: where one shall be attached stands in its wanted row. */
final class NodeVolumes implements Volumes {
  private static final Set<MachineState> CAN_TAKE =
      Set.of(MachineState.STARTED, MachineState.STOPPED);

  /** In these its devices must stay as they are, for its saved memory holds them. */
  private static final Set<MachineState> SAVED =
      Set.of(MachineState.SUSPENDING, MachineState.SUSPENDED);

  private final NodeDirectory directory;

  NodeVolumes(NodeDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    Node node = directory.node(spot.location());
    NodeReport report = directory.ready(node);
    directory.needs(node, Capability.VOLUME_CREATE);
    if (spot.type().isPresent()) {
      throw bad("nodes have one sort of volumes, there is none named " + spot.type().get());
    }
    Optional<WantedSnapshot> source = spot.snapshot().map(snapshot -> source(node, snapshot));
    WantedVolume wanted = wanted(order, source, token);
    Handle handle = new Handle(node.id() + "/" + wanted.id());
    if (entry(handle).isPresent()) {
      return handle;
    }
    directory.needsRoom(node, report, new Amount(0, 0, 0, wanted.capacityKilobytes(), 1));
    return directory.want(node.id(), wanted);
  }

  private WantedSnapshot source(Node node, Handle snapshot) {
    directory.needs(node, Capability.VOLUME_SNAPSHOT);
    return directory
        .entry(snapshot)
        .filter(entry -> entry.row().node().equals(node.id()))
        .map(Entry::wanted)
        .filter(WantedSnapshot.class::isInstance)
        .map(WantedSnapshot.class::cast)
        .filter(wanted -> !wanted.absent())
        .orElseThrow(() -> bad("node " + node.name() + " has no snapshot " + snapshot.value()));
  }

  /** What begins as a snapshot is not smaller than that. */
  private static WantedVolume wanted(
      VolumeOrder order, Optional<WantedSnapshot> source, Token token) {
    long least = source.map(WantedSnapshot::capacityKilobytes).orElse(1L);
    try {
      return new WantedVolume(
          "v-" + token.value(),
          token.value(),
          order.name(),
          Math.max(least, order.capacityKilobytes()),
          source.map(WantedSnapshot::id).orElse(""),
          "",
          false);
    } catch (IllegalArgumentException e) {
      throw new ConnectorException(Fault.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public List<Handle> find(Token token) {
    return directory.find(token).stream().filter(NodeVolumes::isVolume).map(Entry::handle).toList();
  }

  @Override
  public List<VolumeObservation> list() {
    return directory.all().stream().filter(NodeVolumes::isVolume).map(this::observation).toList();
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    return entry(volume).map(this::observation);
  }

  private Optional<Entry> entry(Handle volume) {
    return directory.entry(volume).filter(NodeVolumes::isVolume);
  }

  private static boolean isVolume(Entry entry) {
    return entry.wanted() instanceof WantedVolume;
  }

  private static WantedVolume wanted(Entry entry) {
    return (WantedVolume) entry.wanted();
  }

  private static Optional<ReportedVolume> reported(Entry entry) {
    return entry.reported().map(ReportedVolume.class::cast);
  }

  private VolumeObservation observation(Entry entry) {
    WantedVolume wanted = wanted(entry);
    return new VolumeObservation(
        entry.handle(),
        Optional.of(entry.row().token()),
        state(entry),
        reported(entry).map(Reported::reason).filter(reason -> !reason.isEmpty()),
        wanted.name(),
        wanted.capacityKilobytes(),
        attachedTo(entry).stream()
            .map(machine -> new VolumeObservation.Attachment(machine, Optional.empty()))
            .toList(),
        directory.node(entry.row().node()).seen());
  }

  private static VolumeState state(Entry entry) {
    return wanted(entry).absent()
        ? VolumeState.DELETING
        : reported(entry).map(ReportedVolume::state).orElse(VolumeState.CREATING);
  }

  /** By its node's word, as far as there is such a machine. */
  private Optional<Handle> attachedTo(Entry volume) {
    return reported(volume).flatMap(told -> machine(at(volume, told.machine()))).map(Entry::handle);
  }

  /** Where it is attached, or else shall be; a machine that shall go gets nothing any more. */
  private Optional<Handle> holder(Entry volume) {
    return attachedTo(volume)
        .or(() ->
            machine(at(volume, wanted(volume).machine()))
                .filter(machine -> ((WantedMachine) machine.wanted()).power() != Power.ABSENT)
                .map(Entry::handle));
  }

  private static Handle at(Entry volume, String id) {
    return new Handle(volume.row().node() + "/" + id);
  }

  private Optional<Entry> machine(Handle handle) {
    return directory.entry(handle).filter(entry -> entry.wanted() instanceof WantedMachine);
  }

  private static MachineState state(WantedMachine wanted, Entry machine) {
    return ShownState.of(
        wanted, machine.row().number(), machine.reported().map(ReportedMachine.class::cast));
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    Entry host = machine(machine).orElseThrow(() -> bad("there is no machine " + machine.value()));
    directory.needs(directory.node(host.row().node()), Capability.VOLUME_ATTACH);
    Entry entry =
        entry(volume)
            .filter(found -> found.row().node().equals(host.row().node()))
            .orElseThrow(() -> bad("the machine's node has no volume " + volume.value()));
    WantedVolume wanted = wanted(entry);
    if (!wanted.machine().equals(host.row().id())) {
      mustBeFree(entry);
      mustTakeOneMore(host);
      directory.want(entry.row().node(), wanted.at(host.row().id()));
    }
  }

  private void mustBeFree(Entry volume) {
    holder(volume)
        .ifPresent(holder -> {
          throw bad("the volume is attached to " + holder.value());
        });
    if (state(volume) != VolumeState.AVAILABLE) {
      throw bad("the volume is " + state(volume));
    }
  }

  private void mustTakeOneMore(Entry machine) {
    MachineState state = state((WantedMachine) machine.wanted(), machine);
    if (!CAN_TAKE.contains(state)) {
      throw bad("the machine is " + state + ", it must be STARTED or STOPPED");
    }
    long there =
        directory.all().stream()
            .filter(NodeVolumes::isVolume)
            .filter(entry -> holder(entry).equals(Optional.of(machine.handle())))
            .count();
    if (there >= WantedMachine.MOST_VOLUMES) {
      throw bad("a machine has at most " + WantedMachine.MOST_VOLUMES + " volumes");
    }
  }

  @Override
  public void detach(Handle volume, Handle machine) {
    Optional<Entry> host = machine(machine);
    Optional<Entry> entry =
        entry(volume)
            .filter(found ->
                host.map(there -> wanted(found).machine().equals(there.row().id())).orElse(false));
    if (host.isPresent() && entry.isPresent()) {
      MachineState state = state((WantedMachine) host.get().wanted(), host.get());
      if (SAVED.contains(state)) {
        throw bad("the machine is " + state + ", start or stop it before a volume is detached");
      }
      directory.want(entry.get().row().node(), wanted(entry.get()).at(""));
    }
  }

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    if (directory.present().stream()
        .noneMatch(node -> directory.abilities(node).contains(Capability.VOLUME_SNAPSHOT))) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, "no node has " + Capability.VOLUME_SNAPSHOT + " now");
    }
    Entry entry = entry(volume).orElseThrow(() -> bad("there is no volume " + volume.value()));
    Node node = directory.node(entry.row().node());
    directory.needs(node, Capability.VOLUME_SNAPSHOT);
    long capacity = wanted(entry).capacityKilobytes();
    WantedSnapshot wanted =
        new WantedSnapshot(
            "s-" + token.value(), token.value(), name, entry.row().id(), capacity, false);
    Handle handle = new Handle(node.id() + "/" + wanted.id());
    if (directory.entry(handle).isPresent()) {
      return handle;
    }
    mustBeFree(entry);
    directory.needsRoom(node, directory.ready(node), new Amount(0, 0, 0, capacity));
    return directory.want(node.id(), wanted);
  }

  @Override
  public void delete(Handle volume) {
    entry(volume)
        .filter(entry -> !wanted(entry).absent())
        .ifPresent(entry -> {
          holder(entry)
              .ifPresent(holder -> {
                throw bad("the volume is attached to " + holder.value() + ", detach it first");
              });
          directory.want(entry.row().node(), wanted(entry).gone());
        });
  }

  private static ConnectorException bad(String reason) {
    return new ConnectorException(Fault.BAD_REQUEST, reason);
  }
}
