package io.meltemi.webapp.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The addresses that the gate has to withstand (connectors/outgoing), for a broker to be given. */
final class Forgeries implements AutoCloseable {
  private static final Path FOLDER = Path.of("../connectors/outgoing/src/test/resources/forgeries");

  private final Path names;

  /** Has a file of hosts that answers names as an attacker's own name server would. */
  Forgeries() {
    try {
      names = Files.createTempFile("names", ".hosts");
      Files.setPosixFilePermissions(names, PosixFilePermissions.fromString("rw-r--r--"));
      Files.writeString(
          names,
          Files.readString(Path.of("/etc/hosts"))
              + "\n"
              + Files.readString(FOLDER.resolve("names.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A broker that looks names up there. */
  Deployed broker(String name, List<String> opened) {
    return Deployed.start(name, opened, "-Djdk.net.hosts.file=" + names);
  }

  /** All of them, with this port where one is free. */
  static List<String> urls(int port) {
    List<String> urls = new ArrayList<>();
    Stream.of(lines("hosts.txt"), lines("names.txt").map(line -> line.split(" ", 2)[1]), own())
        .flatMap(hosts -> hosts)
        .distinct()
        .forEach(host -> urls.add("http://" + host + ":" + port + "/latest/meta-data"));
    lines("urls.txt")
        .map(String::translateEscapes)
        .forEach(url -> urls.add(url.replace("PORT", Integer.toString(port))));
    return urls;
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(FOLDER.resolve(file)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The addresses of this machine. */
  private static Stream<String> own() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .filter(address -> address.indexOf('%') < 0)
          .map(address -> address.contains(":") ? "[" + address + "]" : address);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.delete(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
