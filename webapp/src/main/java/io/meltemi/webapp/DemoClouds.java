package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The scripted clouds of {@code --demo}: a process each, whose world is kept in a file, so that
 * they show what happens when the broker dies and comes back.
 */
final class DemoClouds implements AutoCloseable {
  private static final List<String> NAMES = List.of("aurora", "meridian", "pampero");

  private final Path folder;
  private final List<ChildProcess> clouds = new ArrayList<>();

  /**
   * @param folder for sockets and worlds
   */
  DemoClouds(Path folder) {
    this.folder = folder;
  }

  /**
   * @param classPath of the scripted connector
   */
  void start(String classPath, Path logs) throws IOException {
    Files.createDirectories(folder);
    for (String name : NAMES) {
      clouds.add(
          new ChildProcess(
              new ChildProcess.Program(
                  "demo cloud " + name,
                  classPath,
                  "io.meltemi.connector.scripted.ScriptedCloudServer",
                  List.of("demo:" + name, folder.resolve(name + ".json").toString(), address(name)),
                  Map.of(),
                  logs.resolve("demo.log"))));
    }
  }

  List<FirstRows.LocalAccount> accounts() {
    return NAMES.stream()
        .map(name ->
            new FirstRows.LocalAccount(name, name, "scripted", Map.of("address", address(name))))
        .toList();
  }

  private String address(String name) {
    return "unix:" + folder.resolve(name + ".sock");
  }

  @Override
  public void close() {
    clouds.forEach(ChildProcess::close);
  }
}
