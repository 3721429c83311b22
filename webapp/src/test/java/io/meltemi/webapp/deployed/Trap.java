package io.meltemi.webapp.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Listens at every address of this machine, for whatever is spoken, and remembers who was called.
 */
final class Trap implements AutoCloseable {
  private final ConcurrentLinkedQueue<InetAddress> called = new ConcurrentLinkedQueue<>();
  private final ServerSocket socket;

  Trap() {
    try {
      socket = new ServerSocket(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::listen);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        called.add(caller.getLocalAddress());
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The addresses that were connected to. */
  List<InetAddress> called() {
    return List.copyOf(called);
  }

  void forget() {
    called.clear();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
