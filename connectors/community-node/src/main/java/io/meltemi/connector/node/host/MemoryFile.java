package io.meltemi.connector.node.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * A guest's memory in a file. QEMU may open neither files nor programs of its own in its sandbox,
 * so the memory goes over a Unix socket that the agent reads or writes.
 */
final class MemoryFile {
  static final String NAME = "memory";
  static final String SOCKET = Box.SOCKETS + "/memory";
  private static final long PATIENCE_MILLIS = 20_000;
  private static final int CHUNK = 1024 * 1024;

  private MemoryFile() {}

  /**
   * @param near the folder by a name short enough for a socket's path
   * @param send makes QEMU send its memory to the socket
   */
  static void save(Path folder, Path near, Consumer<String> send) {
    Path socket = near.resolve(SOCKET);
    Path part = folder.resolve(NAME + ".part");
    try {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(part);
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        send.accept(SOCKET);
        try (SocketChannel from = accept(server)) {
          store(from, part);
        }
      }
      Files.deleteIfExists(socket);
      Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      DurableFile.sync(folder);
    } catch (IOException e) {
      throw new HostException("cannot save the memory", e);
    }
  }

  private static SocketChannel accept(ServerSocketChannel server) throws IOException {
    server.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      selector.select(PATIENCE_MILLIS);
      SocketChannel from = server.accept();
      if (from == null) {
        throw new IOException("qemu sent nothing");
      }
      return from;
    }
  }

  private static void store(SocketChannel from, Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long written = 0;
      for (long count = CHUNK; count > 0; written += count) {
        count = to.transferFrom(from, written, CHUNK);
      }
      to.force(true);
    }
  }

  static void restore(Path folder, Path near) {
    try (SocketChannel to = SocketChannel.open(UnixDomainSocketAddress.of(near.resolve(SOCKET)));
        FileChannel from = FileChannel.open(folder.resolve(NAME), StandardOpenOption.READ)) {
      Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
    } catch (IOException e) {
      throw new HostException("cannot restore the memory", e);
    }
  }

  static boolean present(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
      DurableFile.sync(folder);
    } catch (IOException e) {
      throw new HostException("cannot remove the saved memory", e);
    }
  }
}
