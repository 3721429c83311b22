package io.meltemi.connector.vsphere;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Rig;
import io.meltemi.pivot.MachineOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The vCenter of dev/vsphere as a rig, by itself or behind a proxy that lets calls go wrong.
 * Whatever was changed there is taken back at the end.
 */
final class VSphereRig implements Rig {
  private final Lab lab;
  private final Optional<FaultProxy> proxy;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  VSphereRig(Lab lab) {
    this(lab, Optional.empty());
  }

  private VSphereRig(Lab lab, Optional<FaultProxy> proxy) {
    this.lab = lab;
    this.proxy = proxy;
    proxy.ifPresent(between -> undo.push(between::close));
  }

  static VSphereRig behindProxy(Lab lab) {
    return new VSphereRig(lab, Optional.of(lab.proxy()));
  }

  @Override
  public Connector open() {
    return lab.open(proxy.map(lab::through).orElse(Map.of()), "kit-1");
  }

  @Override
  public Optional<Mishaps> mishaps() {
    return proxy.map(between ->
        between.mishaps((request, call) -> request.body().contains("<" + method(call) + " ")));
  }

  @Override
  public Spot spot() {
    return new Spot("DC0_C0", Optional.empty(), lab.template());
  }

  @Override
  public VolumeSpot volumeSpot() {
    return new VolumeSpot("DC0_C0", Optional.of(lab.datastore()), Optional.empty());
  }

  @Override
  public MachineOrder order(String name) {
    return Orders.plain(name, 1, 524288);
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(3);
  }

  @Override
  public Optional<Opening> opening() {
    return Optional.of(new Opening(new VSphereConnectorFactory(), lab.settings()));
  }

  @Override
  public Optional<Duration> hintedWithin() {
    return Optional.of(Duration.ofSeconds(2));
  }

  @Override
  public Optional<Failures> failures() {
    undo.push(() -> lab.faults("clear"));
    return Optional.of(new Failing());
  }

  @Override
  public Optional<LostAnswers> losesAnswers() {
    undo.push(() -> lab.faults("clear"));
    return Optional.of(new Losing());
  }

  private static String method(Call call) {
    return switch (call) {
      case CREATE, CAPTURE -> "CloneVM_Task";
      case ACT -> "PowerOffVM_Task";
      case DELETE, DELETE_NETWORK -> "Destroy_Task";
      case CREATE_VOLUME -> "CreateDisk_Task";
      case ATTACH -> "AttachDisk_Task";
      case SNAPSHOT -> "VStorageObjectCreateSnapshot_Task";
      case SNAPSHOT_MACHINE -> "CreateSnapshot_Task";
      case RESTORE -> "RevertToSnapshot_Task";
      case DELETE_VOLUME -> "DeleteVStorageObject_Task";
      case CREATE_NETWORK -> "AddDVPortgroup_Task";
      case LEND_ADDRESS, RELEASE_ADDRESS ->
          throw new IllegalArgumentException("no addresses are lent");
      case LIST, DISCOVER -> "RetrievePropertiesEx";
    };
  }

  private final class Failing implements Failures {
    @Override
    public void next(Call call, Fault fault, String reason, Optional<Duration> retryAfter) {
      if (fault == Fault.TRANSIENT) {
        String pause = Long.toString(retryAfter.orElse(Duration.ZERO).toSeconds());
        lab.faults("busy", method(call), pause);
      } else if (fault == Fault.CAPACITY) {
        lab.faults("fail", method(call), "InsufficientHostCapacityFault", reason);
      } else {
        throw new IllegalArgumentException("cannot make the vCenter refuse with " + fault);
      }
    }

    /** Later than the connector waits for an early refusal. */
    @Override
    public void endBadly(String reason) {
      lab.lateFaults(3000, "fail-task", "CloneVM_Task", "SystemError", reason);
    }
  }

  private final class Losing implements LostAnswers {
    @Override
    public void next(Call call, Duration carriedOutAfter) {
      lab.lateFaults((int) carriedOutAfter.toMillis(), "drop-after", method(call));
    }

    @Override
    public void never(Call call) {
      lab.faults("drop", method(call));
    }
  }

  @Override
  public Optional<Consumer<Handle>> stopsBehindOurBack() {
    return Optional.of(machine -> lab.vc("power-off", machine.value()));
  }

  @Override
  public Optional<Consumer<Handle>> removesBehindOurBack() {
    return Optional.of(machine -> lab.vc("remove", machine.value()));
  }

  @Override
  public Optional<Remarks> remarks() {
    return Optional.of((machine, name, value) -> lab.vc("set", machine.value(), name, value));
  }

  @Override
  public Optional<Supplier<Handle>> stranger() {
    return Optional.of(() -> {
      String uuid = lab.vc("copy", "tpl-debian12", "stranger");
      undo.push(() -> lab.vc("remove", uuid));
      return new Handle(uuid);
    });
  }

  @Override
  public Optional<Supplier<Connector>> otherBroker() {
    return Optional.of(() -> lab.open(Map.of(), "kit-2"));
  }

  /** Later than the connector waits for an early refusal. */
  @Override
  public Optional<Supplier<String>> endsVolumeBadly() {
    undo.push(() -> lab.faults("clear"));
    return Optional.of(() -> {
      String words = "the shelf broke down";
      lab.lateFaults(3000, "fail-task", "CreateDisk_Task", "SystemError", words);
      return words;
    });
  }

  @Override
  public Optional<Consumer<String>> endsRestoreBadly() {
    undo.push(() -> lab.faults("clear"));
    return Optional.of(
        words -> lab.lateFaults(3000, "fail-task", "RevertToSnapshot_Task", "SystemError", words));
  }

  @Override
  public Optional<Function<Handle, String>> userDataSeen() {
    return Optional.of(machine -> lab.decoded(machine.value(), "guestinfo.userdata"));
  }

  @Override
  public Optional<ToLongFunction<Handle>> disksSeen() {
    return Optional.of(this::disks);
  }

  /** The first disk is the template's. */
  private long disks(Handle machine) {
    if (!lab.vc("list").contains(machine.value())) return 0;
    long kibibytes =
        lab.vc("devices", machine.value())
            .lines()
            .map(line -> line.split("\t"))
            .filter(device -> device[0].equals("VirtualDisk"))
            .skip(1)
            .mapToLong(device -> Long.parseLong(device[1]))
            .sum();
    return kibibytes * 1024 / 1000;
  }

  @Override
  public Optional<Function<Handle, List<String>>> networksSeen() {
    return Optional.of(
        machine -> lab.vc("networks", machine.value()).lines().map(VSphereRig::network).toList());
  }

  /** By its handle, if the kit made it. */
  private static String network(String line) {
    String[] seen = line.split("\t");
    Identity kit = new Identity("kit-1");
    return PortGroups.named(seen[1], kit)
        .map(name -> kit.handle(Identity.Kind.NETWORK, name.token()).value())
        .orElse(seen[0]);
  }

  @Override
  public Optional<Function<Handle, String>> keySeen() {
    return Optional.of(machine -> lab.decoded(machine.value(), "guestinfo.metadata"));
  }

  @Override
  public Optional<Supplier<Connector>> wrongCredentials() {
    return Optional.of(() -> lab.open(Map.of("password", "wrong"), "kit-1"));
  }

  @Override
  public Optional<Supplier<Connector>> unreachable() {
    return Optional.of(() -> lab.open(Map.of("endpoint", "https://127.0.0.1:1/sdk"), "kit-1"));
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }
}
