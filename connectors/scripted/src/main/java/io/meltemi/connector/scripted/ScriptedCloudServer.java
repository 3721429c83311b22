package io.meltemi.connector.scripted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A scripted cloud as a process of its own, so that it outlives the broker that uses it. Its world
 * is kept in a state file and is there again after the process was killed.
 */
public final class ScriptedCloudServer {
  private ScriptedCloudServer() {}

  /**
   * @param arguments script, state file, and the address to listen on ({@code unix:PATH} or {@code
   *     127.0.0.1:PORT}); the script may be {@code demo:NAME}
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: ScriptedCloudServer SCRIPT STATE ADDRESS");
      System.exit(2);
    }
    String name = arguments[0];
    CloudScript script =
        name.startsWith("demo:")
            ? Demo.script(name.substring("demo:".length()))
            : CloudScript.read(Path.of(name));
    ScriptedCloud cloud = new ScriptedCloud(script, Clock.systemUTC(), Path.of(arguments[1]));
    if (arguments[2].startsWith("unix:")) {
      Files.deleteIfExists(Path.of(arguments[2].substring("unix:".length())));
    }
    try (Listener listener = new Listener(cloud, Address.parse(arguments[2]))) {
      System.out.println("listening on " + listener.address());
      listener.listen();
    }
  }
}
