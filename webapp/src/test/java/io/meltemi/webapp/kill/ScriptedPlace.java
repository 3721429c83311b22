package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Caller;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedCloudServer;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.connector.scripted.ScriptedMachineSnapshot;
import io.meltemi.connector.scripted.ScriptedSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scripted cloud in a process of its own, reached at a port; asked itself what it has. */
final class ScriptedPlace implements Place {
  private static final String SCRIPT =
      """
      name: paper
      places:
        - location: { id: paper-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, SUSPEND, CAPTURE, CONSOLE,
                      VOLUME_CREATE, VOLUME_ATTACH, VOLUME_SNAPSHOT, MACHINE_SNAPSHOT,
                      NETWORK_CREATE, NETWORK_RANGE, NETWORK_CHOICE, FLOATING_ADDRESS]
      sizes:
        - id: small
          name: one CPU, 1 GiB
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
      volumeTypes:
        - { id: disk, name: disk, mostKilobytes: 1000000000 }
      images:
        - { id: paper-debian, name: debian-12, cpuArchitecture: x86_64 }
      delays: { create: PT0.3S, start: PT0.2S, stop: PT0.3S, capture: PT0.3S, delete: PT0.3S,
                snapshotMachine: PT0.3S, restore: PT1S, createNetwork: PT0.3S, deleteNetwork: PT0.3S }
      floating: { addresses: [%s] }
      """
          .formatted(
              IntStream.rangeClosed(1, 100)
                  .mapToObj("203.0.113.%d"::formatted)
                  .collect(Collectors.joining(", ")));

  private final Process cloud;
  private final String address;
  private final Backstage backstage;
  private final Connector connector;

  ScriptedPlace(Path folder) throws IOException {
    Path script = Files.writeString(folder.resolve("paper.yaml"), SCRIPT);
    cloud =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedCloudServer.class.getName(),
                script.toString(),
                folder.resolve("paper.json").toString(),
                "127.0.0.1:0")
            .redirectError(folder.resolve("paper.out").toFile())
            .start();
    String said = cloud.inputReader().readLine();
    if (said == null) throw new IOException("the scripted cloud did not begin");
    address = said.substring(said.lastIndexOf('/') + 1);
    backstage = Caller.backstage(address, Optional.empty());
    connector =
        new ScriptedConnectorFactory()
            .open(
                Map.of("address", address),
                new ConnectorFactory.Context(
                    "campaign", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public List<String> victims() {
    return List.of("broker");
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.values());
  }

  @Override
  public int room() {
    return 40;
  }

  @Override
  public void join(Api api) {
    ObjectNode account = api.object().put("name", "paper").put("connector", "scripted");
    account.putObject("settings").put("address", address);
    account.putObject("limits").put("longestDelaySeconds", 30);
    Api.Answer answer = api.send(api.add("broker/1/accounts", account, "paper")).orElseThrow();
    if (answer.status() != 201) throw new IllegalStateException("no account: " + answer);
  }

  @Override
  public boolean mayFail(Operation operation) {
    return operation.mayFail();
  }

  @Override
  public void before(Operation operation) {
    backstage.calm();
    switch (operation) {
      case CREATE_LOST -> backstage.plan(Mishap.loseAnswer("create"));
      case CREATE_LATE, CREATE_TOO_LATE -> backstage.plan(Mishap.late("create", operation.delay()));
      default -> {}
    }
  }

  @Override
  public List<Thing> machines() {
    return backstage.everything().stream()
        .map(machine ->
            thing(
                machine.request().name(),
                machine.request().tags(),
                machine.id(),
                machine.state().name()))
        .toList();
  }

  @Override
  public List<Thing> volumes() {
    return backstage.everyVolume().stream()
        .map(volume ->
            thing(
                volume.request().name(),
                volume.request().tags(),
                volume.id(),
                volume.attachments().stream()
                    .findFirst()
                    .map(there -> Place.at(machine(there.machine())))
                    .orElse(FREE)))
        .toList();
  }

  @Override
  public List<Thing> networks() {
    return backstage.everyNetwork().stream()
        .map(network ->
            thing(
                network.request().name(),
                network.request().tags(),
                network.id(),
                network.state().name()))
        .toList();
  }

  @Override
  public List<Thing> addresses() {
    return backstage.everyAddress().stream()
        .map(address ->
            thing(
                Place.addressOf(machine(address.request().machine())),
                address.request().tags(),
                address.id(),
                address.ip()))
        .toList();
  }

  private static Thing thing(String name, Map<String, String> tags, String id, String state) {
    return new Thing(name, tags.getOrDefault("meltemi-token", id), state);
  }

  private String machine(String id) {
    return backstage.everything().stream()
        .filter(machine -> machine.id().equals(id))
        .map(machine -> machine.request().name())
        .findFirst()
        .orElse(id);
  }

  @Override
  public List<String> images() {
    return Stream.concat(
            connector.discover().images().stream()
                .map(Inventory.Image::name)
                .filter(name -> !name.equals("debian-12")),
            Stream.concat(
                backstage.everySnapshot().stream().map(ScriptedSnapshot::name),
                backstage.everyMachineSnapshot().stream().map(ScriptedMachineSnapshot::name)))
        .toList();
  }

  @Override
  public Program victim() {
    throw new IllegalStateException("the scripted cloud is never killed");
  }

  @Override
  public void restart() {
    throw new IllegalStateException("the scripted cloud is never killed");
  }

  @Override
  public void close() {
    connector.close();
    cloud.destroy();
    cloud.onExit().join();
  }
}
