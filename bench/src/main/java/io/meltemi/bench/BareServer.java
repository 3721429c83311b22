package io.meltemi.bench;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The limit: the HTTP server of Meltemi in a process of its own, answering the bytes of a file to
 * every GET. Prints its port.
 */
public final class BareServer {
  private BareServer() {}

  public static void main(String[] args) throws IOException {
    byte[] body = Files.readAllBytes(Path.of(args[0]));
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing ->
                routing.get((request, response) ->
                    response.header(HeaderNames.CONTENT_TYPE, args[1]).send(body)))
            .build()
            .start();
    System.out.println(server.port());
  }

  /** Starts it with the options that the launcher gives to the broker. */
  static Process start(Path body, String type) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BareServer.class.getName(),
            body.toString(),
            type)
        .redirectError(Redirect.INHERIT)
        .start();
  }
}
