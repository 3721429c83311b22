package org.example.paper;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The account's machines: each is a sheet that bears account and token from its first moment. */
final class PaperMachines implements Machines {
  private final Folder folder;
  private final String account;
  private final Clock clock;

  PaperMachines(Folder folder, String account, Clock clock) {
    this.folder = folder;
    this.account = account;
    this.clock = clock;
  }

  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    Offering cloud = folder.offering();
    refuseWhatPaperCannot(order, spot);
    if (!cloud.place().equals(spot.location())) throw wrong("place", spot.location());
    if (!cloud.images().contains(spot.image())) throw wrong("image", spot.image());
    Offering.Size size =
        cloud.size(spot.size().get()).orElseThrow(() -> wrong("size", spot.size().get()));
    Sheet sheet =
        new Sheet(
            UUID.randomUUID().toString(),
            order.name(),
            account,
            token.value(),
            MachineState.STARTED,
            size.cpu(),
            size.memoryMebibytes());
    folder.add(sheet, cloud.machines());
    return new Handle(sheet.id());
  }

  private static void refuseWhatPaperCannot(MachineOrder order, Spot spot) {
    if (spot.size().isEmpty()) throw unsupported("machines without a size");
    if (!spot.networks().isEmpty()) throw unsupported("networks to choose");
    if (!order.disksKilobytes().isEmpty()) throw unsupported("extra disks");
    if (order.userDataBase64().isPresent()) throw unsupported("user data");
    if (order.login().isPresent()) throw unsupported("log-ins");
  }

  @Override
  public List<Handle> find(Token token) {
    return ours().filter(sheet -> token.value().equals(sheet.token())).map(Sheet::handle).toList();
  }

  @Override
  public List<Observation> list() {
    return ours().map(this::observed).toList();
  }

  @Override
  public List<Observation> foreign() {
    return folder.sheets().stream()
        .filter(sheet -> sheet.token() == null)
        .map(this::observed)
        .toList();
  }

  private Stream<Sheet> ours() {
    return folder.sheets().stream().filter(sheet -> sheet.isOf(account));
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    return folder.sheet(machine.value()).map(this::observed);
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    switch (action) {
      case PAUSE, SUSPEND -> throw unsupported(action.name());
      case START, STOP, FORCE_STOP, RESTART, FORCE_RESTART -> {
        if (!folder.change(machine.value(), sheet -> sheet.in(action.after()))) {
          throw wrong("machine", machine.value());
        }
      }
    }
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    throw unsupported("capture");
  }

  @Override
  public void delete(Handle machine) {
    folder.remove(machine.value());
  }

  @Override
  public String console(Handle machine) {
    throw unsupported("console");
  }

  private Observation observed(Sheet sheet) {
    return new Observation(
        sheet.handle(),
        Optional.ofNullable(sheet.isOf(account) ? sheet.token() : null).map(Token::new),
        sheet.state(),
        Optional.empty(),
        sheet.name(),
        Optional.of(sheet.shape()),
        List.of(),
        List.of(),
        clock.instant());
  }

  private static ConnectorException wrong(String what, String name) {
    return new ConnectorException(Fault.BAD_REQUEST, "there is no " + what + " " + name);
  }

  private static ConnectorException unsupported(String what) {
    return new ConnectorException(Fault.UNSUPPORTED, "paper has no " + what);
  }
}
