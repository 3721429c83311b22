package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A stock Tomcat in a process of its own, with our archive as its only application. */
final class Tomcat implements AutoCloseable {
  private final Process process;
  private final int port;

  /**
   * @param base folder for its settings and what it unpacks
   * @param environment variables of the process
   */
  Tomcat(Path base, Map<String, String> environment) throws IOException {
    Path home = Path.of(System.getProperty("tomcat"));
    this.port = freePort();
    for (String folder : List.of("conf", "logs", "temp", "webapps")) {
      Files.createDirectories(base.resolve(folder));
    }
    settings(home.resolve("conf"), base.resolve("conf"));
    Files.copy(Path.of(System.getProperty("war")), base.resolve("webapps/ROOT.war"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + base,
            "-Djava.io.tmpdir=" + base.resolve("temp"),
            "-cp",
            home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start");
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MELTEMI_"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(base.resolve("logs/out").toFile());
    this.process = builder.start();
  }

  /** As they come, but for the ports. */
  private void settings(Path from, Path to) throws IOException {
    String server =
        Files.readString(from.resolve("server.xml"))
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\"");
    Files.writeString(to.resolve("server.xml"), server);
    Files.copy(from.resolve("web.xml"), to.resolve("web.xml"));
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends as an operator would end it. */
  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("Tomcat ended by itself").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
