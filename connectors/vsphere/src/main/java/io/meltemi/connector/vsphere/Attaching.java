package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.Disks.Disk;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** First-class disks at machines. Only the machines' own devices tell for sure who has which. */
final class Attaching {
  private static final String DEVICES = "config.hardware.device";
  private static final Duration ONE_TASK = Duration.ofSeconds(1);

  private final VCenter vcenter;
  private final Scope scope;
  private final Sight sight;

  Attaching(VCenter vcenter, Scope scope, Sight sight) {
    this.vcenter = vcenter;
    this.scope = scope;
    this.sight = sight;
  }

  /**
   * Machines of the account's folder by the ids of the disks that they have. A template may show
   * those of the machine that it was made of.
   */
  Map<String, Handle> all() {
    List<Facts> machines =
        scope.on(ground ->
            vcenter.read(
                Walk.from(ground.folder(), Step.down())
                    .note("VirtualMachine", "config.instanceUuid", "config.template", DEVICES)));
    Map<String, Handle> all = new HashMap<>();
    for (Facts machine : machines) {
      if (machine.flag("config.template")) continue;
      String uuid = machine.text("config.instanceUuid");
      ids(machine).stream()
          .filter(disk -> !uuid.isEmpty())
          .forEach(disk -> all.put(disk, new Handle(uuid)));
    }
    return all;
  }

  /** Ids of the first-class disks that a machine has. */
  static List<String> disks(VCenter vcenter, Ref machine) {
    return devices(vcenter, machine).stream().flatMap(facts -> ids(facts).stream()).toList();
  }

  private static List<Facts> devices(VCenter vcenter, Ref machine) {
    return vcenter.readIfThere(Walk.from(machine).note("VirtualMachine", DEVICES));
  }

  private static List<String> ids(Facts machine) {
    return machine.list(DEVICES).stream()
        .flatMap(device -> device.child("vDiskId").stream())
        .map(id -> id.text("id"))
        .toList();
  }

  static Element diskId(String id) {
    return Element.of("diskId", Element.of("id", id));
  }

  void attach(Disk disk, Handle machine) {
    Optional<Handle> at = Optional.ofNullable(all().get(disk.id().value()));
    if (at.filter(machine::equals).isPresent()) {
      return;
    }
    if (at.isPresent()) {
      throw wrong("the volume is attached to another machine, " + at.get().value());
    }
    Ref host = machine(machine).orElseThrow(() -> Acting.unknown(machine));
    long controller =
        devices(vcenter, host).stream()
            .flatMap(facts -> new Hardware(facts.list(DEVICES)).controllerWithRoom().stream())
            .findFirst()
            .orElseThrow(() -> wrong("the machine's disk controllers have no room"));
    keep(disk);
    begin(
        host,
        Undertaking.ATTACH_DISK,
        () -> disks(vcenter, host).contains(disk.id().value()),
        diskId(disk.id().value()),
        Element.of("datastore", disk.id().datastore()),
        Element.of("controllerKey", controller));
  }

  /** One that was made of a snapshot is not set to outlive its machines by itself. */
  private void keep(Disk disk) {
    if (!disk.lasting() && vcenter.snapshotsDisks()) {
      vcenter.keep(disk.id().datastore(), disk.id().value());
    }
  }

  void detach(Disk disk, Handle machine) {
    Optional<Ref> at = machine(machine);
    if (at.isEmpty() || !disks(vcenter, at.get()).contains(disk.id().value())) {
      return;
    }
    begin(
        at.get(),
        Undertaking.DETACH_DISK,
        () -> !disks(vcenter, at.get()).contains(disk.id().value()),
        diskId(disk.id().value()));
  }

  private Optional<Ref> machine(Handle machine) {
    return sight
        .one(machine)
        .filter(seen -> seen.handle().isPresent() && !seen.template())
        .map(Seen::ref);
  }

  /** One that comes while an earlier call does the same is done when that has ended. */
  private void begin(
      Ref machine, Undertaking undertaking, BooleanSupplier done, Element... arguments) {
    try {
      Builds.early(vcenter, vcenter.begin(machine, undertaking, arguments))
          .ifPresent(error -> {
            throw Faults.of(error, Fault.UNKNOWN);
          });
    } catch (ConnectorException e) {
      boolean late = Faults.is(e, "TaskInProgress", "ResourceInUse", "NotFound");
      if (!late || !endsWell(machine, done)) {
        throw e;
      }
    }
  }

  private boolean endsWell(Ref machine, BooleanSupplier done) {
    sight.running(machine).forEach(task -> vcenter.await(task, ONE_TASK));
    return done.getAsBoolean();
  }

  private static ConnectorException wrong(String words) {
    return new ConnectorException(Fault.BAD_REQUEST, words);
  }
}
