package io.meltemi.webapp.kill;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where the processes that are to be killed dial in for orders. */
final class Switchboard implements AutoCloseable {
  private final ServerSocketChannel socket;
  private final Map<String, BlockingQueue<Line>> lines = new ConcurrentHashMap<>();

  /**
   * @param path of the socket; a broker that left root may dial in too
   */
  Switchboard(Path path) throws IOException {
    socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    Thread.ofPlatform().daemon().name("switchboard").start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        var line = new Line(socket.accept());
        waiting(line.name).add(line);
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new IllegalStateException("nobody can dial in any more", e);
    }
  }

  private BlockingQueue<Line> waiting(String name) {
    return lines.computeIfAbsent(name, none -> new LinkedBlockingQueue<>());
  }

  /** The line of the process of that name that dialled in last, or dials in soon. */
  Line line(String name, Duration patience) throws InterruptedException {
    Line line = waiting(name).poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) throw new IllegalStateException("no " + name + " has dialled in");
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** To one process, as long as that lives. */
  static final class Line {
    private final String name;
    private final BufferedReader in;
    private final BufferedWriter out;

    private Line(SocketChannel channel) throws IOException {
      in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
      name = in.readLine();
    }

    /** Counts from now on. */
    void count() throws IOException {
      ask("count");
    }

    /** Counts from now on and ends at that point. */
    void endAt(String point) throws IOException {
      ask("end " + point);
    }

    /** What was passed since it counts: each name with its number. */
    List<String> passed() throws IOException {
      return ask("passed");
    }

    private List<String> ask(String words) throws IOException {
      out.write(words + "\n");
      out.flush();
      List<String> answer = new ArrayList<>();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) throw new IOException("the process has hung up");
        answer.add(line);
      }
      return answer;
    }
  }
}
