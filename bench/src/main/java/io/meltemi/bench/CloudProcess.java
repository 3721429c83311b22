package io.meltemi.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A scripted cloud without limits, in a process of its own. */
final class CloudProcess implements AutoCloseable {
  private static final String SCRIPT =
      """
      name: %s
      places:
        - location: { id: %1$s-1, continent: EU, country: GR }
          abilities: [START, STOP, FORCE_STOP]
      sizes:
        - id: s1
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 131072, diskKilobytes: 1000000 }
      images:
        - { id: %1$s-linux, name: %1$s-linux }
      delays: { create: %s }
      """;

  private static final int WARMING = 500;

  private final String name;
  private final Path folder;
  private final Process process;
  private final String address;

  private CloudProcess(String name, Path folder, Process process, String address) {
    this.name = name;
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  /**
   * @param creation how long a machine is built
   */
  static CloudProcess start(String name, Duration creation) throws IOException {
    Path folder = Files.createTempDirectory("cloud");
    Path script = folder.resolve("script.yaml");
    Files.writeString(script, SCRIPT.formatted(name, creation));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.meltemi.connector.scripted.ScriptedCloudServer",
                script.toString(),
                folder.resolve("state").toString(),
                "127.0.0.1:0")
            .redirectError(Redirect.INHERIT)
            .start();
    String told = process.inputReader().readLine();
    if (told == null) throw new IOException("the scripted cloud does not listen");
    return new CloudProcess(name, folder, process, told.substring(told.lastIndexOf('/') + 1));
  }

  /** Host and port. */
  String address() {
    return address;
  }

  Provider provider() {
    return at(address);
  }

  /** The cloud that is reached at an address. */
  static Provider at(String address) {
    return new Provider(
        "scripted", Map.of("address", address), List.of(URI.create("tcp://" + address)));
  }

  /** These and the one where it answers. */
  List<String> portsAnd(List<String> others) {
    return Stream.concat(Stream.of(address), others.stream()).toList();
  }

  /** Orders machines and removes them until a broker has compiled what an order takes. */
  void warm(LiveBroker broker) throws IOException, InterruptedException {
    String account = broker.register(name, provider(), Map.of("callsPerSecond", 10_000));
    String image = broker.image(name + "-linux");
    Crowd.of(4)
        .times(
            WARMING,
            () -> {
              String machine = broker.order("warms", image);
              broker.awaitStarted(machine);
              broker.delete(machine);
            });
    broker.delete(account);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    process.waitFor();
    Folders.remove(folder);
  }
}
