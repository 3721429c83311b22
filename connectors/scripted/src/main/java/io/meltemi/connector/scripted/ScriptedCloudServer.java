package io.meltemi.connector.scripted;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A scripted cloud as a process of its own, so that it outlives the broker that uses it. Its world
 * is kept in a state file and is there again after the process was killed. Who listens to a file
 * ends when another is started in its place, or after an hour in which nobody asked anything.
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
    Path state = Path.of(arguments[1]);
    Address address = Address.parse(arguments[2]);
    try (Tenure _ = Tenure.begin(state, address);
        Listener listener =
            new Listener(new ScriptedCloud(script, Clock.systemUTC(), state), address)) {
      Tenure.watch(listener, address);
      System.out.println("listening on " + listener.address());
      listener.listen();
    }
  }
}
