package io.meltemi.webapp.kill.agent;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the campaign what to do. One line each: {@code end POINT} and {@code count} begin to count,
 * {@code passed} is answered with what was passed; every answer ends with a line with a dot.
 */
final class Orders {
  private final String socket;
  private final AtomicBoolean dialled = new AtomicBoolean();

  Orders(String socket) {
    this.socket = socket;
  }

  /** Dials in, once; many processes have this agent on board, few are to be killed. */
  void dial(String name) {
    if (dialled.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("kill-orders").start(() -> listen(name));
    }
  }

  private void listen(String name) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      if (!End.ready()) throw new IllegalStateException("cannot end this process");
      channel.connect(UnixDomainSocketAddress.of(socket));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
      out.write(name + "\n");
      out.flush();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(carryOut(line));
        out.flush();
      }
    } catch (IOException e) {
      System.err.println("the kill campaign cannot be reached: " + e);
    }
  }

  private static String carryOut(String line) {
    if (line.startsWith("end ")) {
      Points.count(line.substring("end ".length()));
    } else if (line.equals("count")) {
      Points.count("");
    } else if (line.equals("passed")) {
      return String.join("\n", Points.told()) + "\n.\n";
    }
    return ".\n";
  }
}
