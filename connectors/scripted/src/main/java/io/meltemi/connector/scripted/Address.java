package io.meltemi.connector.scripted;

import io.meltemi.connector.Outgoing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a scripted cloud listens: a Unix socket or a port of this machine, nothing else, so that
 * nobody can use the connector to reach other hosts.
 */
final class Address {
  private static final String UNIX = "unix:";

  /** The least number that is no port. */
  private static final int NONE = 65_536;

  private final SocketAddress socket;

  private Address(SocketAddress socket) {
    this.socket = socket;
  }

  /** Throws {@link IllegalArgumentException} for anything but unix:PATH and 127.0.0.1:PORT. */
  static Address parse(String text) {
    if (text.startsWith(UNIX)) {
      return new Address(UnixDomainSocketAddress.of(Path.of(text.substring(UNIX.length()))));
    }
    int port =
        text.matches("127\\.0\\.0\\.1:[0-9]{1,5}")
            ? Integer.parseInt(text.substring(text.indexOf(':') + 1))
            : NONE;
    if (port >= NONE) {
      throw new IllegalArgumentException(
          "address must be unix:PATH or 127.0.0.1:PORT, was " + text);
    }
    return new Address(new InetSocketAddress(loopback(), port));
  }

  SocketAddress socket() {
    return socket;
  }

  /** The socket's file; empty for a port. */
  Optional<Path> file() {
    return socket instanceof UnixDomainSocketAddress unix
        ? Optional.of(unix.getPath())
        : Optional.empty();
  }

  /** A connection that somebody who runs the cloud may have. */
  SocketChannel direct() throws IOException {
    SocketChannel channel = SocketChannel.open(family());
    try {
      channel.connect(socket);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A connection of an account: to a port only by the way on which all accounts go out. */
  SocketChannel by(Outgoing outgoing) throws IOException {
    return socket instanceof InetSocketAddress port
        ? outgoing.connect(port.getHostString(), port.getPort())
        : direct();
  }

  StandardProtocolFamily family() {
    return socket instanceof UnixDomainSocketAddress
        ? StandardProtocolFamily.UNIX
        : StandardProtocolFamily.INET;
  }

  @Override
  public String toString() {
    return socket.toString();
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
