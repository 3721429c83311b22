package io.meltemi.bench;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limit: the HTTP server of Meltemi, answering the bytes of a file to every GET. */
public final class BareServer {
  private BareServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    byte[] body = Files.readAllBytes(Path.of(args[1]));
    String type = args[2];
    WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        .routing(routing ->
            routing.get(
                (request, response) -> response.header(HeaderNames.CONTENT_TYPE, type).send(body)))
        .build()
        .start();
  }
}
