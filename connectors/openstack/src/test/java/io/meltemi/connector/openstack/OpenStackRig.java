package io.meltemi.connector.openstack;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.Rig;
import io.meltemi.pivot.MachineOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The lab as a rig, with a proxy before Keystone, nova and cinder that lets calls go wrong.
 * Whatever it changed besides machines is taken back when it is closed.
 */
final class OpenStackRig implements Rig {
  private final Lab lab;
  private final FaultProxy proxy;
  private final String account = "kit-" + UUID.randomUUID();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  OpenStackRig(Lab lab) {
    this.lab = lab;
    proxy = new FaultProxy(lab.addresses());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("endpoint", proxy.address(lab.value("OS_AUTH_URL")));
    return settings;
  }

  private Connector open(Map<String, String> changes, String account) {
    Map<String, String> settings = settings();
    settings.putAll(changes);
    return new OpenStackConnectorFactory()
        .open(
            settings,
            new Context(account, Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @Override
  public Connector open() {
    return open(Map.of(), account);
  }

  @Override
  public Spot spot() {
    return new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID"));
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
  public int machinesAtOnce() {
    return 3;
  }

  @Override
  public Optional<Opening> opening() {
    return Optional.of(new Opening(new OpenStackConnectorFactory(), settings()));
  }

  /** Nova is asked every two seconds, and takes its time to begin. */
  @Override
  public Optional<Duration> hintedWithin() {
    return Optional.of(Duration.ofSeconds(12));
  }

  @Override
  public Optional<Consumer<Handle>> stopsBehindOurBack() {
    return Optional.of(machine -> lab.openstack("server", "stop", machine.value()));
  }

  @Override
  public Optional<Consumer<Handle>> removesBehindOurBack() {
    return Optional.of(machine -> lab.openstack("server", "delete", machine.value()));
  }

  @Override
  public Optional<Function<Handle, String>> userDataSeen() {
    return Optional.of(machine -> lab.userData(machine.value()));
  }

  @Override
  public Optional<Remarks> remarks() {
    return Optional.of((machine, name, value) ->
        lab.openstack("server", "set", "--property", name + "=" + value, machine.value()));
  }

  @Override
  public Optional<Supplier<Handle>> stranger() {
    return Optional.of(() -> {
      String id =
          lab.openstack(
              "server",
              "create",
              "--flavor",
              "m1.tiny",
              "--image",
              "tiny-linux",
              "--network",
              "demo-net",
              "-f",
              "value",
              "-c",
              "id",
              "stranger");
      undo.push(() -> lab.openstack("server", "delete", "--wait", id));
      return new Handle(id);
    });
  }

  @Override
  public Optional<Supplier<Connector>> otherBroker() {
    return Optional.of(() -> open(Map.of(), "other-" + account));
  }

  @Override
  public Optional<Supplier<Connector>> wrongCredentials() {
    return Optional.of(() -> open(Map.of("password", "wrong"), account));
  }

  @Override
  public Optional<Supplier<Connector>> unreachable() {
    return Optional.of(() -> open(Map.of("endpoint", "http://127.0.0.1:1/v3"), account));
  }

  @Override
  public Optional<Runnable> exhaustsQuota() {
    return Optional.of(() -> {
      undo.push(() -> lab.faults("quota-back", "demo"));
      lab.faults("quota-full", "demo", "nova");
    });
  }

  @Override
  public Optional<Runnable> exhaustsVolumeQuota() {
    return Optional.of(() -> {
      undo.push(() -> lab.faults("quota-back", "demo"));
      lab.faults("quota-full", "demo", "cinder");
    });
  }

  @Override
  public Optional<Runnable> exhaustsAddressQuota() {
    return Optional.of(() -> {
      undo.push(() -> lab.faults("quota-back", "demo"));
      lab.faults("quota-full", "demo", "neutron");
    });
  }

  @Override
  public Optional<Supplier<String>> endsVolumeBadly() {
    return Optional.of(() -> {
      undo.push(() -> backend("lab"));
      backend("nowhere");
      return "Could not find any available weighted backend";
    });
  }

  private void backend(String name) {
    String type = lab.value("LAB_VOLUME_TYPE");
    lab.asAdmin("volume", "type", "set", "--property", "volume_backend_name=" + name, type);
  }

  /** The router's own address is all that is left of the pool. */
  @Override
  public Optional<Runnable> exhaustsAddresses() {
    return Optional.of(() -> {
      String router =
          lab.asAdmin(
                  "port",
                  "list",
                  "--router",
                  lab.value("LAB_ROUTER_ID"),
                  "--network",
                  "public",
                  "-f",
                  "value",
                  "-c",
                  "fixed_ips")
              .replaceFirst("(?s).*'(203\\.0\\.113\\.[0-9]+)'.*", "$1");
      undo.push(() -> pool("203.0.113.10", "203.0.113.250"));
      pool(router, router);
    });
  }

  private void pool(String first, String last) {
    lab.asAdmin(
        "subnet",
        "set",
        "--no-allocation-pool",
        "--allocation-pool",
        "start=%s,end=%s".formatted(first, last),
        "public-subnet");
  }

  @Override
  public Optional<ToLongFunction<Handle>> disksSeen() {
    return Optional.of(machine ->
        Gibibytes.inKilobytes(
            lab.blankVolumes(machine.value()).stream().mapToLong(Long::longValue).sum()));
  }

  @Override
  public Optional<Function<Handle, List<String>>> networksSeen() {
    return Optional.of(machine ->
        lab.openstack("port", "list", "--server", machine.value(), "-f", "value", "-c", "ID")
            .lines()
            .map(port -> lab.openstack("port", "show", port, "-f", "value", "-c", "network_id"))
            .map(String::strip)
            .toList());
  }

  @Override
  public Optional<Function<Handle, String>> keySeen() {
    return Optional.of(machine -> lab.openstack("console", "log", "show", machine.value()));
  }

  @Override
  public Optional<Failures> failures() {
    return Optional.of(
        new Failures() {
          @Override
          public void next(Call call, Fault fault, String reason, Optional<Duration> retryAfter) {
            proxy.next(
                request -> NovaCalls.is(request, call),
                NovaCalls.refusal(fault, reason, retryAfter));
          }

          @Override
          public void endBadly(String reason) {
            undo.push(() -> lab.faults("off", "build-error"));
            lab.faults("build-error", "1", reason);
          }
        });
  }

  @Override
  public Optional<LostAnswers> losesAnswers() {
    return Optional.of(
        new LostAnswers() {
          @Override
          public void next(Call call, Duration carriedOutAfter) {
            proxy.next(
                request -> NovaCalls.is(request, call),
                NovaCalls.question(call)
                    ? new Mishap.Truncated()
                    : new Mishap.LostAfter(carriedOutAfter));
          }

          @Override
          public void never(Call call) {
            proxy.next(request -> NovaCalls.is(request, call), new Mishap.LostBefore());
          }
        });
  }

  @Override
  public Optional<Mishaps> mishaps() {
    return Optional.of(proxy.mishaps(NovaCalls::is));
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
    proxy.close();
  }
}
