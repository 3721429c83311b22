package io.meltemi.connector.node;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.node.NodeDirectory.Entry;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.util.List;
import java.util.Optional;

/**
 * Machines as rows: what is asked becomes a wanted row, what is shown is what the node reported.
 */
final class NodeMachines implements Machines {
  private final NodeDirectory directory;
  private final ConsoleReader console;

  NodeMachines(NodeDirectory directory) {
    this.directory = directory;
    this.console = new ConsoleReader(directory);
  }

  /** The partition's id follows from the token: the same create again is the same row again. */
  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    Node node = directory.node(spot.location());
    NodeReport report = directory.ready(node);
    if (spot.size().isPresent()) {
      throw new ConnectorException(
          Fault.BAD_REQUEST, "sizes are free on a node, there is none named " + spot.size().get());
    }
    if (report.images().stream().noneMatch(image -> image.id().equals(spot.image()))) {
      throw new ConnectorException(
          Fault.BAD_REQUEST, "node " + node.name() + " has no image " + spot.image());
    }
    order.userDataBase64().ifPresent(data -> directory.needs(node, Capability.USER_DATA));
    order.login().ifPresent(login -> directory.needs(node, Capability.LOGIN_KEY));
    if (!spot.networks().isEmpty()) needsNetworks(node, spot.networks());
    WantedMachine wanted = wanted(order, spot, token);
    if (directory.records().partitions().read(node.id(), wanted.id()).isEmpty()) {
      directory.needsRoom(
          node, report, order.amount().plus(NodeDirectory.firstDisk(report, spot.image())));
    }
    return directory.want(node.id(), wanted);
  }

  /** Every guest has its one card in the node's network, chosen or not: nothing else is written. */
  private void needsNetworks(Node node, List<String> chosen) {
    directory.needs(node, Capability.NETWORK_CHOICE);
    if (!chosen.stream().allMatch(node.id()::equals)) {
      throw new ConnectorException(
          Fault.BAD_REQUEST,
          "node " + node.name() + " has the network " + node.id() + " alone, wanted " + chosen);
    }
    if (chosen.size() > 1) {
      throw new ConnectorException(
          Fault.UNSUPPORTED,
          "a machine on node " + node.name() + " has one card, wanted " + chosen.size());
    }
  }

  private static WantedMachine wanted(MachineOrder order, Spot spot, Token token) {
    boolean started = order.initialState() != MachineState.STOPPED;
    try {
      return new WantedMachine(
          "m-" + token.value(),
          token.value(),
          order.name(),
          started ? Power.RUNNING : Power.STOPPED,
          started ? 1 : 0,
          false,
          spot.image(),
          order.cpu(),
          order.memoryKibibytes(),
          order.disksKilobytes(),
          order.userDataBase64().orElse(""),
          order.login().flatMap(MachineOrder.Login::publicKey).map(String::strip).stream().toList(),
          order.guestPorts());
    } catch (IllegalArgumentException e) {
      throw new ConnectorException(Fault.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public List<Handle> find(Token token) {
    return directory.find(token).stream()
        .filter(NodeMachines::isMachine)
        .map(Entry::handle)
        .toList();
  }

  @Override
  public List<Observation> list() {
    return directory.all().stream().filter(NodeMachines::isMachine).map(this::observation).toList();
  }

  /** A node runs nothing for the broker but what the broker made. */
  @Override
  public List<Observation> foreign() {
    return List.of();
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    return entry(machine).map(this::observation);
  }

  private Optional<Entry> entry(Handle machine) {
    return directory.entry(machine).filter(NodeMachines::isMachine);
  }

  private static boolean isMachine(Entry entry) {
    return entry.wanted() instanceof WantedMachine;
  }

  private Observation observation(Entry entry) {
    WantedMachine wanted = (WantedMachine) entry.wanted();
    Node node = directory.node(entry.row().node());
    Optional<ReportedMachine> reported = entry.reported().map(ReportedMachine.class::cast);
    MachineState state = ShownState.of(wanted, entry.row().number(), reported);
    return new Observation(
        entry.handle(),
        Optional.of(entry.row().token()),
        state,
        reported.map(Reported::reason).filter(reason -> !reason.isEmpty()),
        wanted.name(),
        Optional.of(
            new Amount(
                1,
                wanted.cpu(),
                wanted.memoryKibibytes(),
                wanted.disksKilobytes().stream().mapToLong(Long::longValue).sum())),
        reported.stream()
            .filter(told -> !told.address().isEmpty())
            .map(told -> address(node, told))
            .toList(),
        reported.stream()
            .flatMap(told -> told.endpoints().stream())
            .map(NodeMachines::end)
            .toList(),
        node.seen());
  }

  private static Observation.Address address(Node node, ReportedMachine told) {
    return new Observation.Address(
        told.address(),
        NodeDirectory.networkName(node),
        Optional.of(told.mac()).filter(mac -> !mac.isEmpty()));
  }

  private static Observation.Endpoint end(ReportedMachine.Endpoint endpoint) {
    return new Observation.Endpoint(endpoint.guestPort(), "tcp", endpoint.host(), endpoint.port());
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    Entry entry =
        entry(machine)
            .orElseThrow(() ->
                new ConnectorException(
                    Fault.BAD_REQUEST, "there is no machine " + machine.value()));
    needs(entry, action.needs());
    WantedMachine wanted = (WantedMachine) entry.wanted();
    MachineState state =
        ShownState.of(
            wanted, entry.row().number(), entry.reported().map(ReportedMachine.class::cast));
    NextPower.after(wanted, state, action)
        .ifPresent(next -> directory.want(entry.row().node(), next));
  }

  private void needs(Entry entry, Capability ability) {
    directory.needs(directory.node(entry.row().node()), ability);
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    Entry entry =
        entry(machine)
            .orElseThrow(() ->
                new ConnectorException(
                    Fault.BAD_REQUEST, "there is no machine " + machine.value()));
    needs(entry, Capability.CAPTURE);
    return directory.want(
        entry.row().node(),
        new WantedImage("i-" + token.value(), token.value(), name, entry.row().id(), false));
  }

  @Override
  public void delete(Handle machine) {
    entry(machine)
        .ifPresent(entry -> {
          WantedMachine wanted = (WantedMachine) entry.wanted();
          if (wanted.power() != Power.ABSENT) {
            directory.want(entry.row().node(), wanted.with(Power.ABSENT, wanted.boots(), true));
          }
        });
  }

  @Override
  public String console(Handle machine) {
    Entry entry =
        entry(machine)
            .orElseThrow(() ->
                new ConnectorException(
                    Fault.BAD_REQUEST, "there is no machine " + machine.value()));
    needs(entry, Capability.CONSOLE);
    return console.read(entry);
  }
}
